// The import wizard's last steps: what the import will do, shown before anything is written, and what it did.
#include <algorithm>

#include "core/objects/object_words.h"
#include "ui/pages/import_page.h"
#include "ui/pages/import_targets_view.h"

namespace outpost {

namespace {

// All in a row, else two by two, or three one below the other.
kit::FormGridOptions figures_grid(Context& context, int count) {
    constexpr float least = 160;
    const bool in_a_row = kit::available(context).width >= static_cast<float>(count) * (least + space::x4) - space::x4;
    return {.column_min = 140, .columns_max = in_a_row ? count : count % 2 == 0 ? 2 : 1};
}

}  // namespace

// --- the preview

void ImportPage::draw_preview(Context& context) {
    const ImportReport& preview = *preview_;
    const std::uint32_t fitting = preview.created + preview.updated;
    if (is_preview_renewed_) kit::banner(context, "renewed", context.tr("ui.import.renewed"), {.tone = Tone::Warning});
    {
        kit::Column words(context, {.gap = space::x1});
        kit::heading(context, 2, context.tr("ui.import.preview"));
        kit::text(context, context.tr("ui.import.preview_text", {file_name_, object_words(context.messages(), context.schema().object(plan_.object), true)}),
                  {.ink = kit::Ink::Secondary, .wrap = true});
    }
    {
        kit::FormGrid grid(context, figures_grid(context, preview.unchanged > 0 ? 4 : 3));
        kit::stat_tile(context, "created", context.tr("ui.import.to_create"), number_text(context, preview.created), {.tone = preview.created > 0 ? Tone::Success : Tone::Neutral, .icon = Icon::Plus});
        kit::stat_tile(context, "updated", context.tr("ui.import.to_update"), number_text(context, preview.updated - preview.unchanged), {.icon = Icon::Refresh});
        draw_unchanged(context, preview);
        kit::stat_tile(context, "failed", context.tr("ui.import.to_hand_back"), number_text(context, preview.failed),
                       {.tone = preview.failed > 0 ? Tone::Danger : Tone::Neutral, .icon = Icon::Warning});
    }
    draw_left_out(context, true);
    if (preview.failed > 0) draw_reasons(context, preview, context.tr("ui.import.bad_rows"), context.tr(fitting > 0 ? "ui.import.preview_rows_help" : "ui.import.preview_no_rows_help"));
    draw_made_along(context);
    draw_notes(context, preview);
    kit::Row row(context);
    if (kit::button(context, "back", context.tr("ui.import.back"), {.icon = Icon::ArrowLeft})) return go(context, open_.empty() ? Step::Columns : Step::Values);
    row.spacer();
    if (kit::button(context, "run", context.tr("ui.import.run", {number_text(context, fitting)}),
                    {.kind = kit::ButtonKind::Primary, .icon = Icon::Import, .disabled = fitting == 0})) {
        job_->write();
        start(context, Work::Importing);
    }
}

// Rows that say nothing new of their records.
void ImportPage::draw_unchanged(Context& context, const ImportReport& report) {
    if (report.unchanged > 0) kit::stat_tile(context, "unchanged", context.tr("ui.import.unchanged"), number_text(context, report.unchanged), {.icon = Icon::Check});
}

// Fields, picklist values and records that come into being with the rows.
void ImportPage::draw_made_along(Context& context) {
    const ImportReport& preview = *preview_;
    if (preview.fields_made.empty() && preview.values_made.empty() && preview.records_made == 0) return;
    kit::Card card(context, {.title = context.tr("ui.import.also_made"), .gap = space::x2});
    const std::string comma(context.tr("ui.import.comma"));
    std::string fields;
    for (const ColumnPlan& column : plan_.columns)
        if (column.action == ColumnAction::NewField) fields += (fields.empty() ? "" : comma) + column.new_field->label + " (" + field_type_label(context, column.new_field->type) + ")";
    if (!fields.empty()) kit::text(context, context.tr("ui.import.fields_made", {fields}), {.wrap = true});
    const Object& object = context.schema().object(plan_.object);
    std::vector<std::string> done;
    for (const ImportReport::ValueMade& first : preview.values_made) {
        if (std::ranges::find(done, first.field) != done.end()) continue;
        done.push_back(first.field);
        std::string values;
        for (const ImportReport::ValueMade& one : preview.values_made)
            if (one.field == first.field) values += (values.empty() ? "" : comma) + one.value;
        const Field* field = object.find_field(first.field);
        kit::text(context, context.tr("ui.import.values_made", {field ? field_label(context.messages(), object, *field) : first.field, values}), {.wrap = true, .lines_max = 4});
    }
    if (preview.records_made > 0) kit::text(context, context.tr("ui.import.records_made", {number_text(context, preview.records_made)}), {.wrap = true});
}

// What was read otherwise than it stands there, or is worth a look.
void ImportPage::draw_notes(Context& context, const ImportReport& report) {
    if (report.notes.empty()) return;
    kit::Column column(context, {.gap = space::x2});
    for (const std::string& note : report.notes) kit::help_text(context, note);
}

// What was decided about a column's values, or left open, can be decided otherwise.
void ImportPage::draw_way_back(Context& context, const ImportReport::Reason& reason) {
    if (!is_there(Step::Values)) return;
    const bool asked = std::ranges::any_of(open_, [&](const OpenColumn& column) { return source_->headers()[column.column] == reason.header; });
    kit::Row row(context);
    if (asked && kit::button(context, "decide", context.tr("ui.import.decide_values"), {.small = true})) go(context, Step::Values);
}

// Why rows come back: each reason with its column and the first few of its rows.
void ImportPage::draw_reasons(Context& context, const ImportReport& report, std::string_view title, std::string_view help) {
    constexpr std::size_t shown_max = 20;
    kit::Card card(context, {.gap = space::x2, .role = Role::Region, .name = title});
    { kit::SectionHeader header(context, title, static_cast<int>(report.failed)); }
    kit::help_text(context, help);
    for (std::size_t i = 0; i < report.reasons.size() && i < shown_max; ++i) {
        const ImportReport::Reason& reason = report.reasons[i];
        kit::IdScope scope(context, std::uint64_t{i});
        kit::divider(context);
        kit::Columns sides(context, {1, 1.2f}, {.row_gap = 0});
        {
            kit::Column left(context, {.gap = 2, .padding = Insets::xy(0, space::x1)});
            if (!reason.header.empty()) kit::text(context, reason.header, {.style = TextStyle::BodyStrong});
            kit::text(context, reason.text, {.style = reason.header.empty() ? TextStyle::BodyStrong : TextStyle::Body, .wrap = true});
            kit::text(context, context.tr("ui.import.rows", {number_text(context, reason.rows)}), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
            draw_way_back(context, reason);
        }
        sides.next();
        kit::Column right(context, {.gap = 2, .padding = Insets::xy(0, space::x1)});
        for (const ImportReport::Reason::Example& example : reason.examples) {
            const std::string line = number_text(context, example.row_number);
            kit::text(context, example.value.empty() ? context.tr("ui.import.example_empty", {line}) : context.tr("ui.import.example", {line, example.value}),
                      {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        }
        if (reason.rows > reason.examples.size())
            kit::text(context, context.tr("ui.import.more_rows", {number_text(context, reason.rows - reason.examples.size())}), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
    }
    kit::divider(context);
    kit::Row row(context);
    if (kit::button(context, "save", context.tr("ui.import.save_bad_rows"), {.icon = Icon::Export}))
        context.browser().save_file("not-imported-" + file_name_, "text/csv", "\xEF\xBB\xBF" + report.failures_csv);  // the mark tells Excel that it is UTF-8
}

// --- the result

// Undone or done again by whatever way: this page's button, Ctrl+Z, the palette.
void ImportPage::follow_undo(Context& context) {
    if (!report_ || report_->outcome.sequence == 0) return;
    const UndoStack& stack = context.workspace().editor().undo_stack();
    if (stack.find_undo(report_->outcome.sequence)) is_taken_back_ = false;
    else if (stack.next_redo() && stack.next_redo()->sequence == report_->outcome.sequence) is_taken_back_ = true;
}

// The list with what was imported at its top.
std::string ImportPage::imported_list(Context& context) const {
    Route route = Route::parse(routes::list(context.schema().object(plan_.object).name));
    if (is_taken_back_ || report_->outcome.sequence == 0) return route.to_text();
    route.set("state", "all").set("sort", report_->created > 0 ? "-CreatedDate" : "-LastModifiedDate");
    return route.to_text();
}

void ImportPage::draw_result(Context& context) {
    const ImportReport& report = *report_;
    const std::uint32_t changed = report.updated - report.unchanged;
    const std::string created = number_text(context, report.created), updated = number_text(context, changed);
    if (is_taken_back_) {
        std::string what;
        if (report.created > 0) what = context.tr("ui.import.created_gone", {created});
        if (changed > 0) what += (what.empty() ? "" : " ") + context.tr("ui.import.updated_back", {updated});
        kit::banner(context, "taken_back", context.tr("ui.import.taken_back"), {.tone = Tone::Info, .detail = what});
        return draw_result_actions(context);
    }
    {
        kit::FormGrid grid(context, figures_grid(context, 3 + (report.unchanged > 0) + (report.records_made > 0)));
        kit::stat_tile(context, "created", context.tr("ui.import.created"), created, {.tone = Tone::Success, .icon = Icon::Check});
        kit::stat_tile(context, "updated", context.tr("ui.import.updated"), updated, {.icon = Icon::Refresh});
        draw_unchanged(context, report);
        if (report.records_made > 0) kit::stat_tile(context, "made", context.tr("ui.import.made_along"), number_text(context, report.records_made), {.icon = Icon::Plus});
        kit::stat_tile(context, "failed", context.tr("ui.import.handed_back"), number_text(context, report.failed),
                       {.tone = report.failed > 0 ? Tone::Danger : Tone::Neutral, .icon = Icon::Warning});
    }
    draw_result_actions(context);
    if (report.routed > 0) kit::help_text(context, context.count_text("ui.import.routed", report.routed));
    draw_notes(context, report);
    if (report.failed > 0) draw_reasons(context, report, context.tr("ui.import.rows_not_imported"), context.tr("ui.import.bad_rows_help"));
}

void ImportPage::draw_result_actions(Context& context) {
    kit::Column column(context, {.gap = space::x2});
    std::optional<kit::Row> row;
    if (!context.is_phone()) row.emplace(context);
    const auto action = [&](std::string_view key, std::string_view label, Icon icon, kit::ButtonKind kind = kit::ButtonKind::Secondary) {
        return kit::button(context, key, label, {.kind = kind, .icon = icon, .full_width = context.is_phone()});
    };
    if (action("open", context.tr("ui.import.open_list"), Icon::List, kit::ButtonKind::Primary)) context.navigate(imported_list(context));
    if (is_taken_back_) {
        if (is_there(Step::Columns) && action("repeat", context.tr("ui.import.repeat"), Icon::Import)) go(context, Step::Columns);
    } else if (context.workspace().editor().undo_stack().find_undo(report_->outcome.sequence) && action("undo", context.tr("ui.import.undo"), Icon::Undo)) {
        const auto done = [this](const Result<CommandOutcome>& outcome) { is_taken_back_ = is_taken_back_ || outcome.has_value(); };
        context.submit(Undo{report_->outcome.sequence}, done, {.toast = std::string(context.tr("ui.import.undone")), .offer_undo = false});
    }
    if (action("again", context.tr("ui.import.again"), Icon::File)) {
        restart();
        go(context, Step::File);
    }
}

}  // namespace outpost
