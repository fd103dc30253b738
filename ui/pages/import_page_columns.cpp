// The import wizard's first steps: the file, how it was read, and where each of its columns goes.
#include <algorithm>

#include "core/conversion/routing.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/import_page.h"
#include "ui/pages/import_targets_view.h"

namespace outpost {
namespace {

constexpr FieldType new_field_types[] = {FieldType::Text, FieldType::LongTextArea, FieldType::Number, FieldType::Currency, FieldType::Percent, FieldType::Checkbox,
                                         FieldType::Date, FieldType::DateTime, FieldType::Picklist, FieldType::MultiselectPicklist, FieldType::Email, FieldType::Phone,
                                         FieldType::Url};

}  // namespace

// --- the file

void ImportPage::draw_file(Context& context, const Route& route) {
    preferred_object_ = std::string(route.parameter("object"));
    if (is_there(Step::Columns)) {
        kit::Card card(context, {.role = Role::Region, .name = file_name_});
        kit::Columns sides(context, {1.4f, 1}, {.row_gap = space::x3});
        {
            kit::Column left(context, {.gap = 2});
            kit::text(context, file_name_, {.style = TextStyle::BodyStrong});
            kit::text(context, context.tr("ui.import.size", {number_text(context, source_->row_count()), number_text(context, source_->column_count())}),
                      {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        }
        sides.next();
        if (kit::button(context, "go_on", context.tr("ui.import.go_on"), {.kind = kit::ButtonKind::Primary, .icon_after = Icon::ArrowRight, .full_width = true})) go(context, Step::Columns);
    }
    kit::Card card(context, {.padding = Insets::all(space::x8), .gap = space::x4});
    const int pressed = kit::empty_state(context, context.tr(context.touch ? "ui.import.choose_csv" : "ui.import.drop"),
                                         {.icon = Icon::File, .text = context.tr(context.touch ? "ui.import.choose_text" : "ui.import.drop_text"), .action = context.tr("ui.import.choose"),
                                          .action_icon = Icon::Folder});
    if (pressed == 1) choose_file(context);
}

// The address of a later step, and no file: the page was loaded anew.
void ImportPage::draw_missing(Context& context) {
    kit::Card card(context, {.padding = Insets::all(space::x8), .gap = space::x4});
    const int pressed = kit::empty_state(context, context.tr("ui.import.missing"),
                                         {.icon = Icon::File, .text = context.tr("ui.import.missing_text"), .action = context.tr("ui.import.choose"),
                                          .action_icon = Icon::Folder});
    if (pressed == 1) choose_file(context);
}

void ImportPage::choose_file(Context& context) {
    context.browser().pick_files(".csv,.tsv,.txt,text/csv", false, [this, &context](std::vector<PickedFile> files) {
        if (!files.empty()) take_file(context, files[0]);
        context.request_frame();
    });
}

void ImportPage::take_file(Context& context, const PickedFile& file) {
    restart();
    file_name_ = file.name;
    file_ = file.bytes;
    read_again(context);
}

void ImportPage::read_again(Context& context) {
    stop_work();
    forget_check();
    source_.reset();
    source_options_.usual_date_order = context.messages().language() == Language::English ? DateOrder::MonthFirst : DateOrder::YearFirst;
    auto bytes = read_whole(*file_);
    if (!bytes) {
        file_.reset();
        return fail(context, bytes.error());
    }
    source_ = std::make_shared<ImportSource>(*std::move(bytes), source_options_, context.decoder(), context.clock());
    start(context, Work::Reading);
}

// --- the columns

void ImportPage::plan(Context& context, ObjectIndex object) {
    forget_check();
    plan_ = make_import_plan(*source_, context.records(), object);
    targets_ = import_target_choices(context, object);
    choices_.clear();
}

// After a file was read. Read again with another order of dates, its columns go where they went before.
void ImportPage::plan_anew(Context& context) {
    if (planned_headers_ == source_->headers()) {
        const ImportPlan before = std::move(plan_);
        const std::vector<ValueChoice> choices = choices_;
        plan(context, before.object);
        plan_.columns = before.columns;
        plan_.match_column = before.match_column;
        plan_.outcome_column = before.outcome_column;
        plan_.name_columns = before.name_columns;
        choices_ = choices;
        return;
    }
    const Object* preferred = context.schema().find_object(preferred_object_);
    const ObjectIndex object = preferred ? preferred->index : guess_import_object(*source_, context.records());
    plan(context, object == no_object ? standard_object::lead : object);
    planned_headers_ = source_->headers();
}

bool ImportPage::is_left_out(std::uint32_t column) const {
    return plan_.columns[column].action == ColumnAction::Skip && !is_used_otherwise(plan_, column, source_->headers()[column]);
}

// "3 of 12 columns are not imported: Fax, Region, Notes".
void ImportPage::draw_left_out(Context& context, bool with_way_back) {
    constexpr std::uint32_t named_max = 6;
    std::uint32_t count = 0;
    std::string names;
    for (std::uint32_t column = 0; column < source_->column_count(); ++column) {
        if (!is_left_out(column)) continue;
        if (count < named_max) names += (count ? context.tr("ui.import.comma", {}) : std::string()) + source_->headers()[column];
        if (count == named_max) names += "…";
        ++count;
    }
    const std::string total = number_text(context, source_->column_count());
    if (count == 0) {
        kit::text(context, context.tr("ui.import.all_columns", {total}), {.ink = kit::Ink::Secondary, .wrap = true});
        return;
    }
    const std::string words = context.tr("ui.import.left_out", {number_text(context, count), total});
    const std::string_view action = with_way_back ? context.tr("ui.import.change_columns") : std::string_view();
    if (kit::banner(context, "left_out", words, {.tone = Tone::Warning, .action = action, .detail = names}) == 1) go(context, Step::Columns);
}

void ImportPage::draw_columns(Context& context) {
    if (report_ && report_->outcome.sequence != 0 && !is_taken_back_ &&
        kit::banner(context, "again", context.tr("ui.import.already"), {.tone = Tone::Info, .action = context.tr("ui.import.show_result")}) == 1)
        go(context, Step::Done);
    draw_file_facts(context);
    if (!is_there(Step::Columns)) return;   // it is read again
    const bool empty = source_->row_count() == 0;
    if (empty) kit::banner(context, "no_rows", context.tr("import.no_rows"), {.tone = Tone::Warning});
    draw_left_out(context, false);
    {
        kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = context.tr("ui.import.columns")});
        { kit::SectionHeader header(context, context.tr("ui.import.columns"), static_cast<int>(source_->column_count())); }
        kit::help_text(context, context.tr("ui.import.columns_help"));
        for (std::uint32_t column = 0; column < source_->column_count(); ++column) {
            kit::divider(context);
            draw_column(context, column);
        }
    }
    draw_options(context);
    draw_error(context);
    kit::Row row(context);
    if (kit::button(context, "back", context.tr("ui.import.other_file"), {.icon = Icon::ArrowLeft})) go(context, Step::File);
    row.spacer();
    if (kit::button(context, "next", context.tr("ui.import.next"), {.kind = kit::ButtonKind::Primary, .icon_after = Icon::ArrowRight, .disabled = empty})) start_check(context);
}

void ImportPage::draw_file_facts(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.import.how_read"), .gap = space::x4});
    const kit::Choice encodings[] = {{.value = "found", .label = std::string(context.tr("ui.import.found"))}, {.value = "utf-8", .label = "UTF-8"},
                                     {.value = "utf-16le", .label = "UTF-16 LE"}, {.value = "utf-16be", .label = "UTF-16 BE"},
                                     {.value = "windows-1252", .label = "Windows-1252"}, {.value = "windows-1250", .label = "Windows-1250"},
                                     {.value = "windows-1251", .label = "Windows-1251"}, {.value = "gb18030", .label = "GB18030"}, {.value = "big5", .label = "Big5"},
                                     {.value = "shift_jis", .label = "Shift-JIS"}, {.value = "euc-kr", .label = "EUC-KR"}};
    const auto found = std::ranges::find(encodings, source_->encoding(), &kit::Choice::value);
    const std::string& read_as = found == std::end(encodings) ? source_->encoding() : found->label;
    const char sign = source_->dialect().delimiter;
    const std::string delimiter = sign == '\t' ? std::string(context.tr("ui.import.tab")) : "“" + std::string(1, sign) + "”";
    kit::text(context, context.tr("ui.import.facts", {number_text(context, source_->row_count()), number_text(context, source_->column_count()), read_as, delimiter}),
              {.ink = kit::Ink::Secondary, .wrap = true});
    if (source_->encoding_is_guessed()) kit::help_text(context, context.tr("ui.import.encoding_guessed"));
    if (source_->short_rows() > 0) kit::help_text(context, context.tr("ui.import.short_rows", {number_text(context, source_->short_rows())}));
    if (source_->wide_rows() > 0) kit::help_text(context, context.tr("ui.import.wide_rows", {number_text(context, source_->wide_rows())}));
    kit::FormGrid grid(context, {.columns_max = 3});
    std::vector<kit::Choice> objects;
    for (const ObjectIndex index : context.schema().objects()) {
        const Object& object = context.schema().object(index);
        if (can_be_imported(object))
            objects.push_back({.value = object.name, .label = object_label(context.messages(), object, true), .icon = icon_of_object(object.name, object.icon)});
    }
    std::string chosen = context.schema().object(plan_.object).name;
    if (kit::picklist(context, "object", context.tr("ui.import.object"), objects, chosen, {.field = {.required = true}, .allow_none = false}).changed)
        if (const Object* object = context.schema().find_object(chosen)) plan(context, object->index);
    std::string encoding = source_options_.encoding.empty() ? "found" : source_options_.encoding;
    if (kit::picklist(context, "encoding", context.tr("ui.import.encoding"), encodings, encoding, {.allow_none = false}).changed) {
        source_options_.encoding = encoding == "found" ? std::string() : encoding;
        return read_again(context);
    }
    if (source_->date_order().is_needed) draw_date_order(context);
    const auto open = std::ranges::find(source_->columns(), false, &ColumnProfile::number_style_certain);
    if (open != source_->columns().end() || source_options_.decimal_sign != '\0') {
        std::string decimal(1, open != source_->columns().end() ? open->number_style.decimal : source_options_.decimal_sign);
        const kit::Choice signs[] = {{.value = ".", .label = "1,234.5"}, {.value = ",", .label = "1.234,5"}};
        if (kit::picklist(context, "decimal", context.tr("ui.import.decimal_sign"), signs, decimal, {.allow_none = false}).changed) {
            source_options_.decimal_sign = decimal[0];
            return read_again(context);
        }
    }
    bool has_header = source_->has_header();
    if (kit::checkbox(context, "header", context.tr("ui.import.has_header"), has_header)) {
        source_options_.has_header = has_header;
        read_again(context);
    }
}

void ImportPage::draw_date_order(Context& context) {
    const DateOrderFinding& dates = source_->date_order();
    const kit::Choice orders[] = {{.value = "0", .label = std::string(context.tr("ui.import.day_first"))},
                                  {.value = "1", .label = std::string(context.tr("ui.import.month_first"))},
                                  {.value = "2", .label = std::string(context.tr("ui.import.year_first"))}};
    // Mixed dates are for the person to judge: nothing is chosen yet.
    std::string order = dates.is_mixed ? std::string() : std::to_string(static_cast<int>(plan_.date_order));
    const std::string why = dates.is_mixed ? context.tr("ui.import.dates_mixed", {dates.sample, dates.opposite_sample})
                            : dates.is_certain ? context.tr("ui.import.dates_certain", {dates.sample}) : std::string(context.tr("ui.import.dates_unsure"));
    if (kit::picklist(context, "dates", context.tr("ui.import.date_order"), orders, order, {.field = {.help = why}, .allow_none = false}).changed) {
        source_options_.date_order = static_cast<DateOrder>(order[0] - '0');
        read_again(context);
    }
}

void ImportPage::draw_column(Context& context, std::uint32_t index) {
    kit::IdScope scope(context, std::uint64_t{index});
    const ColumnProfile& profile = source_->columns()[index];
    kit::Columns sides(context, {1.2f, 1}, {.row_gap = 0});
    {
        kit::Column left(context, {.gap = 2, .padding = Insets::xy(0, space::x2)});
        kit::text(context, source_->headers()[index], {.style = TextStyle::BodyStrong});
        std::string samples;
        for (std::size_t i = 0; i < profile.samples.size() && i < 3; ++i) samples += (i ? " · " : "") + profile.samples[i];
        if (!samples.empty()) kit::text(context, samples, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        // What its values are matters where it may get a field of its own.
        const bool is_open = is_left_out(index) || plan_.columns[index].action == ColumnAction::NewField;
        if (is_open && !profile.reason_key.empty()) {
            const std::string reason = context.messages().format(profile.reason_key, profile.reason_arguments);
            kit::text(context, profile.filled == 0 ? reason : field_type_label(context, profile.type) + " · " + reason,
                      {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = true});
        }
    }
    sides.next();
    kit::Column right(context, {.gap = space::x1, .padding = Insets::xy(0, space::x2)});
    draw_target(context, index);
}

void ImportPage::draw_target(Context& context, std::uint32_t index) {
    const ColumnPlan& column = plan_.columns[index];
    const std::string& header = source_->headers()[index];
    const bool is_new = column.action == ColumnAction::NewField;
    std::string target = is_new ? std::string(new_field_choice) : column_target_text(plan_, index, context.records());
    if (kit::picklist(context, "target", context.tr("ui.import.goes_to", {header}), targets_, target,
                      {.field = {.placeholder = context.tr("ui.import.no_target"), .hide_label = true}, .allow_none = true, .searchable = true}).changed)
        return set_target(context, index, target);
    if (is_new) return draw_new_field(context, index);
    const bool goes_without_saying = column.reason_key.empty() || column.reason_key == "import.mapped.label" || column.reason_key == "import.mapped.api_name";
    const std::string reason = goes_without_saying ? std::string() : context.messages().format(column.reason_key, column.reason_arguments);
    if (!is_left_out(index)) {
        if (!reason.empty()) kit::text(context, reason, {.style = TextStyle::Caption, .ink = column.is_suggestion ? kit::Ink::Warning : kit::Ink::Secondary, .wrap = true});
        return;
    }
    {
        kit::Row row(context);
        kit::badge(context, context.tr("ui.import.not_imported"), Tone::Warning, {.dot = true});
    }
    if (!reason.empty()) kit::text(context, reason, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = true});
    if (source_->columns()[index].filled == 0) return;
    kit::Row row(context);
    if (kit::button(context, "make_field", context.tr("ui.import.make_field", {header}), {.icon = Icon::Plus, .small = true})) set_target(context, index, new_field_choice);
}

// The new field's kind, as found; the person may want another.
void ImportPage::draw_new_field(Context& context, std::uint32_t index) {
    const Field& field = *plan_.columns[index].new_field;
    std::vector<kit::Choice> types;
    for (const FieldType type : new_field_types) types.push_back({.value = std::string(to_text(type)), .label = field_type_label(context, type)});
    std::string chosen(to_text(field.type));
    if (kit::picklist(context, "type", context.tr("ui.import.field_type", {source_->headers()[index]}), types, chosen, {.field = {.hide_label = true}, .allow_none = false}).changed)
        if (const auto type = parse_field_type(chosen)) {
            forget_check();
            return set_new_field(plan_, index, *type, *source_, context.records());
        }
    kit::text(context, context.tr("ui.import.field_is_made", {field.label}), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = true});
}

// A field takes one column: another one that filled it is left out, and says so.
void ImportPage::set_target(Context& context, std::uint32_t index, std::string_view target) {
    forget_check();
    error_.clear();
    if (target == new_field_choice) return set_new_field(plan_, index, source_->columns()[index].type, *source_, context.records());
    if (const Status set = set_column_target(plan_, index, target, *source_, context.records()); !set) {
        error_ = context.error_text(set.error());
        return;
    }
    const ColumnPlan& mapped = plan_.columns[index];
    for (std::uint32_t other = 0; other < plan_.columns.size() && mapped.action != ColumnAction::Skip; ++other) {
        if (other == index || !is_same_target(plan_.columns[other], mapped) || !set_column_target(plan_, other, {}, *source_, context.records())) continue;
        plan_.columns[other].reason_key = "import.mapped.taken";
        plan_.columns[other].reason_arguments = {source_->headers()[index]};
    }
}

void ImportPage::draw_options(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.import.options"), .gap = space::x4});
    std::vector<kit::Choice> columns;
    for (std::uint32_t index = 0; index < source_->column_count(); ++index)
        if (plan_.columns[index].action == ColumnAction::Field || plan_.columns[index].action == ColumnAction::NewField)
            columns.push_back({.value = std::to_string(index), .label = source_->headers()[index]});
    bool changed = false;
    {
        kit::FormGrid grid(context, {.columns_max = 1});
        std::string match = plan_.match_column ? std::to_string(*plan_.match_column) : std::string();
        if (kit::picklist(context, "match", context.tr("ui.import.match"), columns, match,
                          {.field = {.placeholder = context.tr("ui.import.match_none"), .help = context.tr("ui.import.match_help")}}).changed) {
            plan_.match_column = match.empty() ? std::nullopt : std::optional<std::uint32_t>(static_cast<std::uint32_t>(std::stoul(match)));
            changed = true;
        }
    }
    changed = kit::checkbox(context, "make_values", context.tr("ui.import.make_values"), create_missing_.picklist_values) || changed;
    changed = kit::checkbox(context, "make_records", context.tr("ui.import.make_records"), create_missing_.records) || changed;
    changed = kit::checkbox(context, "leave_empty", context.tr("ui.import.leave_unknown"), create_missing_.leave_empty) || changed;
    if (plan_.object == standard_object::lead && has_active_entries(context.records()))
        changed = kit::checkbox(context, "route", context.tr("ui.import.route"), plan_.route, {.description = context.tr("ui.import.route_help")}) || changed;
    if (changed) forget_check();
}

}  // namespace outpost
