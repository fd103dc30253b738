// RoutingPage: who gets which leads: the entries of the assignment rule in their order, the queues and groups, and a trial
// that tells what the entries would do with past leads. Called by: the page registry ("#/routing").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/conversion/routing.h"
#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class RoutingPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    struct EntryLine { RowIndex row; std::string id, name, criteria, assignee; bool active, is_idle; };
    struct GroupLine { RowIndex row; std::string id, name, detail, leads, address; bool is_queue; };
    struct TrialLine { std::string lead, address, owner, new_owner, entry; bool changes; };

    void refresh(Context& context);
    void draw_entries(Context& context);
    void draw_entry(Context& context, std::size_t at);
    void draw_groups(Context& context);
    void draw_trial(Context& context);
    void draw_trial_lines(Context& context);
    void run_trial(Context& context);
    void move(Context& context, std::size_t at, std::size_t to);

    std::string seen_;                     // records and language that the lines were made for
    std::vector<EntryLine> entries_;
    std::vector<GroupLine> groups_;
    int period_ = 0;                       // of the trial: open leads, last 30 days, last 90 days
    bool tried_ = false;
    std::uint64_t trial_changes_ = 0, trial_total_ = 0;
    std::vector<TrialLine> trial_;
    std::string trial_error_;
    kit::TableState table_;
    std::vector<kit::TableColumn> columns_;
};

}  // namespace outpost
