#include "ui/pages/web_lead_page.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/conversion/routing.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/transfer/encoding.h"
#include "ui/pages/duplicate_notice.h"
#include "ui/pages/field_view.h"
#include "ui/web_answers.h"

namespace outpost {
namespace {

constexpr std::size_t rows_shown_max = 100;

}  // namespace

std::string WebLeadPage::title(Context& context, const Route&) { return std::string(context.tr("ui.web.title")); }

void WebLeadPage::draw(Context& context, const Route& route) {
    if (!std::exchange(address_known_, true)) address_ = answers_address(context.browser());
    if (!route.parameter("fetch").empty()) {   // from the notice that there are new ones
        context.set_parameter("fetch", "");
        if (!answers_) report_.reset(), fetch(context);
    }
    if (!std::exchange(begun_, true))
        for (const WebLeadField& field : web_lead_fields())
            if (field.usual) chosen_.emplace_back(field.name);
    if (!context.dropped_files.empty())
        if (auto text = read_whole(*context.dropped_files[0].bytes)) read(context, *std::move(text));
    kit::PageBody body(context, {.width_max = 860, .gap = space::x6});
    {
        const std::vector<kit::Crumb> crumbs{{std::string(context.tr("ui.settings.title")), routes::settings()}};
        kit::PageHeader header(context, context.tr("ui.web.title"), {.subtitle = context.tr("ui.web.subtitle"), .icon = Icon::Globe, .crumbs = crumbs, .divider = false});
    }
    draw_answers(context);
    draw_form(context);
}

// --- the form for the website

void WebLeadPage::draw_form(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.web.form"), .gap = space::x4, .role = Role::Region, .name = context.tr("ui.web.form")});
    kit::help_text(context, context.tr("ui.web.form_help"));
    const Object& lead = context.schema().object(standard_object::lead);
    std::vector<kit::Choice> choices;
    for (const WebLeadField& field : web_lead_fields()) choices.push_back({std::string(field.name), field_label(context.messages(), lead, lead.field(field.field))});
    kit::multi_select(context, "fields", context.tr("ui.web.fields"), choices, chosen_);
    {
        kit::FormGrid grid(context);
        kit::text_field(context, "action", context.tr("ui.web.action"), action_, {.placeholder = "https://", .help = context.tr("ui.web.action_help"), .required = true, .input = InputKind::Url});
        kit::text_field(context, "return", context.tr("ui.web.return"), return_address_, {.placeholder = "https://", .help = context.tr("ui.web.return_help"), .input = InputKind::Url});
    }
    std::string key = action_ + "\n" + return_address_ + (context.messages().language() == Language::English ? "e" : "z") + std::to_string(context.schema().revision());
    for (const std::string& name : chosen_) key += "\n" + name;
    if (key != html_key_) {
        html_key_ = std::move(key);
        WebLeadForm form{{}, std::string(trim(action_)), std::string(trim(return_address_))};
        for (const WebLeadField& field : web_lead_fields())
            form.chosen.push_back(std::ranges::find(chosen_, field.name) != chosen_.end() || lead.field(field.field).required);
        html_ = web_lead_form(form, context.schema(), context.messages());
    }
    kit::text_area(context, "html", "HTML", html_, {.read_only = true, .lines = 8});
    const bool no_action = trim(action_).empty();
    if (no_action) kit::help_text(context, context.tr("ui.web.copy_needs"));
    kit::Row row(context);
    if (kit::button(context, "copy", context.tr("ui.web.copy"), {.icon = Icon::Copy, .disabled = no_action})) {
        context.browser().copy_text(html_);
        context.toast(context.tr("ui.web.copied"), Tone::Success);
    }
}

// --- its answers

void WebLeadPage::read(Context& context, std::string text, bool fetched) {
    answers_.reset();
    report_.reset();
    error_.clear();
    seen_ = 0;
    fetched_ = fetched;
    auto answers = read_web_leads(std::move(text), context.records(), context.clock(), context.decoder());
    if (!answers) {
        error_ = context.error_text(answers.error());
        return;
    }
    if (const Status tried = find_faults(*answers, context.records(), context.workspace().editor(), context.clock(), context.messages()); !tried) {
        error_ = context.error_text(tried.error());
        return;
    }
    answers_ = *std::move(answers);
    if (fetched && !takes_seen_) seen_ = leave_out_seen(context.browser(), *answers_);
    if (fetched && answers_->rows.empty()) return answers_.reset();
    duplicates_ = static_cast<std::size_t>(std::ranges::count_if(answers_->leads, &WebLead::is_duplicate));
    leaves_out_ = true;
}

std::vector<bool> WebLeadPage::wanted() const {
    std::vector<bool> wanted;
    for (const WebLead& lead : answers_->leads) wanted.push_back(!leaves_out_ || !lead.is_duplicate());
    return wanted;
}

void WebLeadPage::draw_answers(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.web.answers"), .gap = space::x3, .role = Role::Region, .name = context.tr("ui.web.answers")});
    if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
    if (report_) return draw_result(context);
    if (answers_) return draw_rows(context);
    kit::help_text(context, context.tr("ui.web.answers_help"));
    kit::text_area(context, "pasted", context.tr("ui.web.paste"), pasted_, {.placeholder = "first_name,last_name,company,email", .lines = 5});
    {
    kit::Row row(context);
    if (kit::button(context, "look", context.tr("ui.web.look"), {.kind = kit::ButtonKind::Primary, .disabled = trim(pasted_).empty()})) read(context, pasted_);
    if (kit::button(context, "file", context.tr("ui.web.file"), {.icon = Icon::File}))
        context.browser().pick_files(".csv,.json,.txt", false, [this, &context](std::vector<PickedFile> files) {
            if (!files.empty())
                if (auto text = read_whole(*files[0].bytes)) read(context, *std::move(text));
            context.request_frame();
        });
    }
    kit::divider(context);
    draw_fetching(context);
}

// The address is kept when it is left; nothing is asked before somebody presses for it or switches the watch on.
void WebLeadPage::draw_fetching(Context& context) {
    kit::heading(context, 3, context.tr("ui.web.fetch_title"), {.style = TextStyle::BodyStrong});
    const kit::Edited edited = kit::text_field(context, "address", context.tr("ui.web.fetch_address"), address_, {.placeholder = "https://", .help = context.tr("ui.web.fetch_help"), .error = address_error_, .input = InputKind::Url});
    if (edited.changed) address_error_.clear();
    if (edited.committed || (edited.changed && !edited.focused)) set_answers_address(context.browser(), address_);
    if (fetched_ && !fetching_ && !answers_ && address_error_.empty())
        kit::banner(context, "none", seen_ > 0 ? context.count_text("ui.web.none_new", seen_) : std::string(context.tr("ui.web.none")), {.tone = Tone::Info});
    bool watches = watches_answers(context.browser());
    if (kit::switch_toggle(context, "watch", context.tr("ui.web.watch"), watches)) {
        address_error_ = watches ? address_problem(context, address_) : std::string();
        if (address_error_.empty()) {
            set_answers_address(context.browser(), address_);
            set_watches_answers(context.browser(), watches);
            if (watches) fetch(context);   // what is wrong with the address shows at once
        }
    }
    kit::checkbox(context, "seen", context.tr("ui.web.take_seen"), takes_seen_);
    kit::Row row(context);
    if (kit::button(context, "fetch", context.tr("ui.web.fetch"), {.icon = Icon::Globe, .busy = fetching_})) fetch(context);
}

void WebLeadPage::fetch(Context& context) {
    if (fetching_) return;
    fetched_ = false;
    address_error_ = address_problem(context, address_);
    if (!address_error_.empty()) return;
    set_answers_address(context.browser(), address_);
    fetching_ = true;
    context.later([this, &context, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        fetch_answers(context, std::string(trim(address_)), [this, &context, alive](std::string text, std::string problem) {
            if (alive.expired()) return;
            fetching_ = false;
            if (problem.empty()) read(context, std::move(text), true);
            else context.announce(address_error_ = std::move(problem));
        });
    });
}

void WebLeadPage::draw_rows(Context& context) {
    const std::vector<bool> taken = wanted();
    std::uint64_t count = 0;   // of those that can be added
    for (std::size_t at = 0; at < taken.size(); ++at) count += taken[at] && answers_->leads[at].faults.empty() ? 1 : 0;
    kit::text(context, context.tr("ui.web.found", {context.number_text(taken.size()), context.number_text(duplicates_)}), {.style = TextStyle::BodyStrong, .wrap = true});
    if (seen_ > 0) kit::help_text(context, context.count_text("ui.web.seen", seen_));
    if (duplicates_ > 0) kit::checkbox(context, "leave_out", context.tr("ui.web.leave_out"), leaves_out_);
    if (has_active_entries(context.records())) kit::help_text(context, context.tr("ui.import.route_help"));
    {
        kit::Group list(context, Role::List, context.tr("ui.web.answers"));
        kit::Column column(context, {.gap = 0});
        for (std::size_t at = 0; at < std::min(answers_->leads.size(), rows_shown_max); ++at) {
            const WebLead& lead = answers_->leads[at];
            kit::IdScope scope(context, at);
            std::string detail = lead.company + (lead.company.empty() || lead.email.empty() ? "" : " · ") + lead.email, right;
            std::string reasons = lead.faults;
            const bool is_wrong = !reasons.empty();
            if (is_wrong) {
                right = context.tr("ui.web.unfit");
            } else if (!lead.duplicates.empty()) {
                right = context.tr("ui.web.like", {record_title(context, lead.duplicates[0].record)});
                reasons = duplicate_reasons_text(context, lead.duplicates[0]);
            } else if (lead.same_as != 0) {
                right = context.tr("ui.web.same_as", {std::to_string(lead.same_as)});
            }
            const std::string address = lead.duplicates.empty() ? std::string() : routes::record(context.records().id_of(lead.duplicates[0].record));
            kit::list_item(context, "row", lead.name.empty() ? context.tr("ui.web.row", {std::to_string(lead.row)}) : lead.name,
                           {.detail = detail, .right = right, .right_tone = is_wrong ? Tone::Danger : lead.is_duplicate() ? Tone::Warning : Tone::Neutral, .address = address, .icon = taken[at] && !is_wrong ? Icon::Check : Icon::Minus, .struck = !taken[at]});
            if (reasons.empty()) continue;
            kit::Column below(context, {.padding = {44, 0, 0, space::x2}});   // all of them, in line with the name
            kit::help_text(context, reasons);
        }
    }
    if (answers_->leads.size() > rows_shown_max) kit::help_text(context, context.tr("ui.routing.trial_more", {context.number_text(rows_shown_max)}));
    kit::Row row(context);
    row.spacer();
    if (kit::button(context, "back", context.tr("ui.form.cancel"))) answers_.reset();
    if (answers_ && kit::button(context, "import", context.count_text("ui.web.import", count), {.kind = kit::ButtonKind::Primary, .icon = Icon::Import, .disabled = count == 0}))
        context.later([this, &context] { import(context); });
}

void WebLeadPage::import(Context& context) {
    if (!answers_) return;
    const auto report = import_web_leads(*answers_, wanted(), context.records(), context.workspace().editor(), context.clock(), context.messages());
    if (!report) {
        error_ = context.error_text(report.error());
        return;
    }
    report_ = *report;
    handed_back_.clear();
    const std::vector<bool> taken = wanted();
    left_out_ = static_cast<std::size_t>(std::ranges::count(taken, false));
    for (std::size_t at = 0; at < taken.size() && handed_back_.size() < rows_shown_max; ++at)
        if (const WebLead& lead = answers_->leads[at]; taken[at] && !lead.faults.empty()) handed_back_.push_back(context.tr("ui.web.row_faults", {std::to_string(lead.row), lead.faults}));
    if (fetched_) remember_answers(context.browser(), *answers_);
    fetched_ = false;
    answers_.reset();
    pasted_.clear();
    Toast toast{.text = context.count_text("ui.web.imported", report_->created), .tone = Tone::Success};
    if (report_->outcome.sequence != 0) {
        toast.action_label = context.tr("app.undo");
        toast.action = [&context, sequence = report_->outcome.sequence] { context.undo(sequence); };
        toast.undoes = report_->outcome.sequence;
    }
    context.toast(std::move(toast));
}

void WebLeadPage::draw_result(Context& context) {
    kit::text(context, context.tr("ui.web.result", {context.number_text(report_->created), context.number_text(report_->routed), context.number_text(report_->failed)}), {.style = TextStyle::BodyStrong, .wrap = true});
    if (left_out_ > 0) kit::help_text(context, context.count_text("ui.web.left_out", left_out_));
    for (const std::string& reason : handed_back_) kit::help_text(context, reason);
    kit::Row row(context, {.wrap = true});
    if (kit::button(context, "list", context.tr("ui.web.open_list"), {.icon = Icon::Lead})) context.navigate(routes::list("Lead") + "?LeadSource=Web&sort=-CreatedDate");
    if (report_->failed > 0 && kit::button(context, "save", context.tr("ui.web.save_bad"), {.icon = Icon::Export})) context.browser().save_file("web-leads-not-imported.csv", "text/csv", report_->failures_csv);
    if (kit::button(context, "more", context.tr("ui.web.more"), {.icon = Icon::Plus})) report_.reset();
}

}  // namespace outpost
