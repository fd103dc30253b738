// WebLeadPage: web-to-lead without a server. Makes the HTML form for a website, and takes its answers in: a file or pasted
// text, looked at row by row before anything is written. Called by: the page registry ("#/web-to-lead").
#pragma once

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
    void read(Context& context, std::string text);
    void import(Context& context);
    std::vector<bool> wanted() const;

    std::string action_, return_address_, html_, html_key_;
    std::vector<std::string> chosen_;          // names of fields
    bool begun_ = false;
    std::string pasted_, error_;
    std::optional<WebLeadAnswers> answers_;
    std::size_t duplicates_ = 0;
    bool leaves_out_ = true;
    std::optional<ImportReport> report_;
};

}  // namespace outpost
