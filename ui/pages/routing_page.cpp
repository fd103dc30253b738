#include "ui/pages/routing_page.h"

#include <algorithm>

#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "ui/pages/criteria_rows.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_query.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/routing_dialogs.h"

namespace outpost {
namespace {

namespace so = standard_object;
namespace entry_field = assignment_rule_entry_field;

constexpr std::size_t trial_lines_max = 500;
constexpr std::string_view trial_conditions[] = {"", "CreatedDate = LAST_N_DAYS:30", "CreatedDate = LAST_N_DAYS:90"};

void remove(Context& context, ObjectIndex object, RowIndex row, std::string name) {
    context.submit(DeleteRecords{object, {row}}, {}, {.toast = context.tr("ui.routing.deleted", {name})});
}

}  // namespace

std::string RoutingPage::title(Context& context, const Route&) { return std::string(context.tr("ui.routing.title")); }

std::unique_ptr<Dialog> RoutingPage::make_dialog(Context& context, std::string_view address) { return make_routing_dialog(context, address); }

void RoutingPage::refresh(Context& context) {
    const std::string now = std::to_string(context.workspace().revision()) + std::to_string(static_cast<int>(context.messages().language()));
    if (now == seen_) return;
    seen_ = now;
    const Records& records = context.records();
    entries_.clear();
    for (const RowIndex row : entries_in_order(records)) {
        const RecordRef record{so::assignment_rule_entry, row};
        const RecordRef to = reference(records, record, entry_field::assigned_to);
        std::string criteria = criteria_words(context, records.text(record, entry_field::criteria), context.schema().object(so::lead));
        if (criteria.empty()) criteria = context.tr("ui.routing.all_leads");
        const bool active = records.table(so::assignment_rule_entry).column(entry_field::is_active).flags()[row] != 0;
        entries_.push_back({row, to_text(records.id_of(record)), records.display_name(record), std::move(criteria), assignee_words(context, to), active, !can_be_assigned(records, to)});
    }
    groups_.clear();
    const Table& table = records.table(so::group);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        const RecordRef record{so::group, row};
        GroupLine line{row, to_text(records.id_of(record)), records.display_name(record), {}, {}, {}, is_queue(records, record)};
        for (const RowIndex member : members_of(records, row)) {
            std::string name = records.display_name({so::group_member, member});
            if (!line.is_queue && records.table(so::group_member).column(group_member_field::is_working).flags()[member] == 0) name = context.tr("ui.routing.member_away", {name});
            line.detail += (line.detail.empty() ? std::string() : std::string(context.tr("ui.list.separator"))) + name;
        }
        if (line.detail.empty()) line.detail = context.tr(line.is_queue ? "ui.routing.nobody_takes" : "ui.routing.no_members");
        line.leads = context.count_text("ui.routing.waiting", records.children(so::lead, system_field::owner, record).size());
        line.address = routes::list("Lead") + "?state=all&OwnerId=" + line.id;
        groups_.push_back(std::move(line));
    }
    if (tried_) run_trial(context);
}

void RoutingPage::draw(Context& context, const Route&) {
    refresh(context);
    kit::PageBody body(context, {.width_max = 860, .gap = space::x6});
    {
        const std::vector<kit::Crumb> crumbs{{std::string(context.tr("ui.settings.title")), routes::settings()}};
        kit::PageHeader header(context, context.tr("ui.routing.title"), {.subtitle = context.tr("ui.routing.subtitle"), .icon = Icon::Hierarchy, .crumbs = crumbs, .divider = false});
        if (!entries_.empty() && kit::compact_button(context, "new", Icon::Plus, context.tr("ui.routing.new_entry"), {.kind = kit::ButtonKind::Primary})) context.open_dialog("entry:new");
    }
    draw_entries(context);
    draw_groups(context);
    if (!entries_.empty()) draw_trial(context);
}

void RoutingPage::draw_entries(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.routing.entries"), .gap = space::x2, .role = Role::Region, .name = context.tr("ui.routing.entries")});
    if (entries_.empty()) {
        if (kit::empty_state(context, context.tr("ui.routing.none"), {.icon = Icon::Hierarchy, .text = context.tr("ui.routing.none_text"), .action = context.tr("ui.routing.new_entry"), .action_icon = Icon::Plus}) == 1)
            context.open_dialog("entry:new");
        return;
    }
    kit::gap(context, space::x3);
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        if (at > 0) kit::divider(context);
        draw_entry(context, at);
    }
    kit::divider(context);
    kit::help_text(context, context.tr("ui.routing.otherwise"));
}

void RoutingPage::draw_entry(Context& context, std::size_t at) {
    const EntryLine& entry = entries_[at];
    kit::IdScope of_entries(context, "entries"), scope(context, entry.row);
    const RecordRef record{so::assignment_rule_entry, entry.row};
    const float room = kit::available(context).width - (context.is_phone() ? 120.0f : 94 + 3 * context.theme.control_height());
    kit::Row row(context, {.gap = space::x3});
    {
        kit::Column words(context, {.gap = 2, .width = room});
        kit::text(context, context.tr("ui.routing.numbered", {context.number_text(at + 1), entry.name}), {.style = TextStyle::BodyStrong, .ink = entry.active ? kit::Ink::Normal : kit::Ink::Disabled});
        kit::text(context, entry.criteria, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
        kit::text(context, context.tr(entry.is_idle ? "ui.routing.to_nobody" : "ui.routing.to", {entry.assignee}), {.style = TextStyle::Dense, .ink = entry.is_idle && entry.active ? kit::Ink::Warning : kit::Ink::Normal, .wrap = true});
    }
    row.spacer();
    bool active = entry.active;
    if (kit::switch_toggle(context, "active", context.tr("ui.routing.active", {entry.name}), active, {.hide_label = true}))
        context.submit(UpdateRecord{record, {{entry_field::is_active, active}}}, {}, {.toast = context.tr(active ? "ui.routing.activated" : "ui.routing.deactivated", {entry.name})});
    if (!context.is_phone()) {
        if (kit::icon_button(context, "up", Icon::ChevronUp, context.tr("ui.routing.up", {entry.name}), {.kind = kit::ButtonKind::Ghost, .disabled = at == 0})) move(context, at, at - 1);
        if (kit::icon_button(context, "down", Icon::ChevronDown, context.tr("ui.routing.down", {entry.name}), {.kind = kit::ButtonKind::Ghost, .disabled = at + 1 == entries_.size()})) move(context, at, at + 1);
    }
    if (!kit::menu_button(context, "more", Icon::More, context.tr("ui.routing.more", {entry.name}))) return;
    if (kit::menu_item(context, "edit", context.tr("ui.record.edit"), {.icon = Icon::Edit})) context.open_dialog("entry:" + entry.id);
    if (context.is_phone() && at > 0 && kit::menu_item(context, "up", context.tr("ui.routing.up", {entry.name}), {.icon = Icon::ChevronUp})) move(context, at, at - 1);
    if (context.is_phone() && at + 1 < entries_.size() && kit::menu_item(context, "down", context.tr("ui.routing.down", {entry.name}), {.icon = Icon::ChevronDown})) move(context, at, at + 1);
    if (kit::menu_item(context, "delete", context.tr("ui.record.delete"), {.icon = Icon::Trash, .danger = true})) remove(context, so::assignment_rule_entry, entry.row, entry.name);
    kit::end_menu(context);
}

// One edit gives every entry the number of its place.
void RoutingPage::move(Context& context, std::size_t at, std::size_t to) {
    std::vector<EntryLine> ordered = entries_;
    std::swap(ordered[at], ordered[to]);
    Batch batch;
    for (std::size_t place = 0; place < ordered.size(); ++place)
        batch.commands.push_back(record_command("UpdateRecord", "AssignmentRuleEntry", ordered[place].id).set("fields", Json::object().set("SortOrder", static_cast<std::int64_t>(place + 1))));
    context.submit(std::move(batch), {}, {.toast = context.tr("ui.routing.moved", {entries_[at].name})});
}

void RoutingPage::draw_groups(Context& context) {
    kit::Card card(context, {.gap = space::x2, .role = Role::Region, .name = context.tr("ui.routing.groups")});
    {
        kit::Row row(context);
        kit::heading(context, 2, context.tr("ui.routing.groups"), {.style = TextStyle::BodyStrong});
        row.spacer();
        if (kit::compact_button(context, "new_group", Icon::Plus, context.tr("ui.routing.new_group"), {.small = true})) context.open_dialog("group:new");
    }
    if (groups_.empty()) return kit::help_text(context, context.tr("ui.routing.groups_help"));
    for (const GroupLine& group : groups_) {
        kit::IdScope of_groups(context, "groups"), scope(context, group.row);
        kit::divider(context);
        const float room = kit::available(context).width - (context.is_phone() ? 92.0f : 220.0f);
        kit::Row row(context, {.gap = space::x3});
        kit::icon(context, group.is_queue ? Icon::Folder : Icon::Refresh);
        {
            kit::Column words(context, {.gap = 2, .width = room});
            kit::text(context, group.name, {.style = TextStyle::BodyStrong});
            kit::text(context, context.tr("ui.routing.kind_members", {context.tr(group.is_queue ? "label.value.Queue" : "label.value.Regular"), group.detail}), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
            if (group.is_queue && context.is_phone()) kit::link(context, "leads", group.leads, group.address);
        }
        row.spacer();
        if (group.is_queue && !context.is_phone()) kit::link(context, "leads", group.leads, group.address);
        if (!kit::menu_button(context, "more", Icon::More, context.tr("ui.routing.more", {group.name}))) continue;
        if (kit::menu_item(context, "edit", context.tr("ui.record.edit"), {.icon = Icon::Edit})) context.open_dialog("group:" + group.id);
        if (kit::menu_item(context, "delete", context.tr("ui.record.delete"), {.icon = Icon::Trash, .danger = true})) remove(context, so::group, group.row, group.name);
        kit::end_menu(context);
    }
}

// --- the trial

void RoutingPage::run_trial(Context& context) {
    const Records& records = context.records();
    tried_ = true;
    trial_.clear();
    trial_changes_ = trial_total_ = 0;
    trial_error_.clear();
    const auto fail = [&](const Error& error) { trial_error_ = context.error_text(error); };
    ListRequest open;   // those that the list calls so
    open.state = ListState::Open;
    open.sort = system_field::created_date;
    open.descending = true;
    const auto query = period_ == 0 ? list_query(open, context.schema().object(so::lead), records, context.workspace().current_user())
                                    : parse_soql("SELECT Id FROM Lead WHERE " + std::string(trial_conditions[period_]) + " ORDER BY CreatedDate DESC", records);
    if (!query) return fail(query.error());
    const auto leads = context.workspace().select(*query);
    if (!leads) return fail(leads.error());
    const auto plan = plan_routing(records, leads->rows, context.workspace().query_context());
    if (!plan) return fail(plan.error());
    trial_total_ = plan->leads.size();
    for (const RoutedLead& routed : plan->leads) {
        const RecordRef lead{so::lead, routed.lead};
        const RecordRef owner = reference(records, lead, system_field::owner);
        const bool is_matched = routed.entry != no_row;
        const bool changes = is_matched && routed.owner != owner;
        trial_changes_ += changes;
        if (trial_.size() == trial_lines_max) continue;
        const auto at = trial_.begin() + static_cast<std::ptrdiff_t>(changes ? trial_changes_ - 1 : trial_.size());   // those that change first
        trial_.insert(at, {record_title(context, lead), routes::record(records.id_of(lead)), assignee_words(context, owner), assignee_words(context, is_matched ? routed.owner : owner),
                          is_matched ? records.display_name({so::assignment_rule_entry, routed.entry}) : std::string(context.tr("ui.routing.no_entry")), changes});
    }
}

void RoutingPage::draw_trial(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.routing.trial"), .gap = space::x3, .role = Role::Region, .name = context.tr("ui.routing.trial")});
    kit::help_text(context, context.tr("ui.routing.trial_help"));
    {
        kit::Row row(context, {.wrap = true});
        if (kit::segmented(context, "period", context.tr("ui.routing.trial_leads"), {{context.tr("ui.routing.trial_open")}, {context.tr("ui.routing.trial_30")}, {context.tr("ui.routing.trial_90")}}, period_) && tried_) run_trial(context);
        if (!context.is_phone() && kit::button(context, "try", context.tr("ui.routing.try"), {.icon = Icon::Eye})) run_trial(context);
    }
    if (context.is_phone() && kit::button(context, "try", context.tr("ui.routing.try"), {.icon = Icon::Eye, .full_width = true})) run_trial(context);
    if (!trial_error_.empty()) kit::banner(context, "fault", trial_error_, {.tone = Tone::Danger});
    if (!tried_ || !trial_error_.empty()) return;
    kit::text(context, context.tr("ui.routing.trial_result", {context.number_text(trial_changes_), context.number_text(trial_total_)}), {.style = TextStyle::BodyStrong, .wrap = true});
    if (!trial_.empty()) draw_trial_lines(context);
    if (trial_total_ > trial_.size()) kit::help_text(context, context.tr("ui.routing.trial_more", {context.number_text(trial_.size())}));
}

void RoutingPage::draw_trial_lines(Context& context) {
    if (context.is_phone()) {
        for (std::size_t at = 0; at < std::min<std::size_t>(trial_.size(), 50); ++at) {
            const TrialLine& line = trial_[at];
            kit::IdScope scope(context, at);
            kit::list_item(context, "lead", line.lead, {.detail = line.entry, .right = line.new_owner, .right_detail = line.changes ? std::string_view(line.owner) : std::string_view(), .address = line.address});
        }
        return;
    }
    constexpr std::string_view labels[] = {"label.Lead", "ui.routing.owner_now", "ui.routing.owner_then", "ui.routing.by_entry"};
    columns_.resize(std::size(labels));
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        columns_[at].key = labels[at];
        columns_[at].label = context.tr(labels[at]);
        columns_[at].width = std::max(150.0f, (kit::available(context).width - 24) / 4);
        columns_[at].sortable = columns_[at].resizable = false;
    }
    const float row_height = context.theme.row_height();
    kit::table(context, "trial", table_, {.name = context.tr("ui.routing.trial"), .columns = columns_, .row_count = trial_.size(),
        .cell = [&](kit::Cell& cell) {
            const TrialLine& line = trial_[cell.row];
            if (cell.column == 0) cell.link(line.lead, line.address);
            else if (cell.column == 1) cell.text(line.owner, kit::Ink::Secondary);
            else if (cell.column == 2) line.changes ? cell.strong(line.new_owner) : cell.text(line.new_owner, kit::Ink::Secondary);
            else cell.text(line.entry, kit::Ink::Secondary);
        },
        .height = row_height * static_cast<float>(std::min<std::size_t>(trial_.size(), 10) + 1) + 4});
}

}  // namespace outpost
