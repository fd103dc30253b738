// WebLeadPage: web-to-lead without a server. Makes the HTML form for a website, and takes its answers in: a file or pasted
// text, or asked of the address that keeps them; looked at row by row before anything is written. Called by: the page registry ("#/web-to-lead").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/workspace/web_leads.h"
#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class WebLeadPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    bool holds_draft() const override { return answers_.has_value(); }

private:
    void draw_form(Context& context);
    void draw_answers(Context& context);
    void draw_rows(Context& context);
    void draw_result(Context& context);
    void draw_fetching(Context& context);
    void fetch(Context& context);
    void read(Context& context, std::string text, bool fetched = false);
    void import(Context& context);
    std::vector<bool> wanted() const;

    std::string action_, return_address_, html_, html_key_;
    std::vector<std::string> chosen_;          // names of fields
    bool begun_ = false;
    std::string pasted_, error_;
    std::optional<WebLeadAnswers> answers_;
    std::size_t duplicates_ = 0, left_out_ = 0;
    bool leaves_out_ = true;
    std::optional<ImportReport> report_;
    std::vector<std::string> handed_back_;     // with report_: which answers, and why
    // --- asked of an address
    std::string address_, address_error_;
    bool address_known_ = false, fetching_ = false, fetched_ = false, takes_seen_ = false;
    std::size_t seen_ = 0;                     // answers left out, since they were looked at before
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
