// What a person or a script changes in an import's plan, and what is told of its columns.
#include <algorithm>

#include "core/base/messages.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/transfer/column_fit.h"
#include "core/transfer/header_aliases.h"
#include "core/transfer/import_plan.h"
#include "core/transfer/import_targets.h"

namespace outpost {

bool is_used_otherwise(const ImportPlan& plan, std::uint32_t column, std::string_view header) {
    const bool is_length = plan.object == standard_object::event && (plan.end_time_column == column || fold_key(header).find("duration") != std::string::npos) &&
                           std::ranges::none_of(plan.columns, [](const ColumnPlan& one) { return one.action == ColumnAction::Field && one.field == event_field::end; });
    // What an earlier import handed back.
    const bool is_import_error = std::ranges::any_of(std::initializer_list{Language::English, Language::SimplifiedChinese},
                                                     [&](Language language) { return header.starts_with(Messages(language).text("import.reason_header")); });
    return is_length || (is_import_error && plan.columns[column].action == ColumnAction::Skip) || plan.outcome_column == column || plan.done_column == column || std::ranges::find(plan.name_columns, column) != plan.name_columns.end() ||
           std::ranges::any_of(plan.columns, [&](const ColumnPlan& one) { return one.action == ColumnAction::Field && (one.time_column == column || one.house_column == column || one.whole_column == column || one.line_column == column || one.kind_column == column); });
}

bool is_same_target(const ColumnPlan& one, const ColumnPlan& other) {
    for (const ColumnPlan* plan : {&one, &other})
        if (plan->action == ColumnAction::Skip || plan->action == ColumnAction::NewField) return false;
    if (one.field != other.field) return false;
    const auto is_shared = [&](const LookupMatch& match) { return std::ranges::find(other.matches, match.object, &LookupMatch::object) != other.matches.end(); };
    return one.matches.empty() || other.matches.empty() || std::ranges::any_of(one.matches, is_shared);
}

Status set_column_target(ImportPlan& plan, std::uint32_t column, std::string_view target, const ImportSource& source, const Records& records) {
    ColumnPlan& mapped = plan.columns[column];
    const Object& object = records.schema().object(plan.object);
    ColumnPlan wanted;
    wanted.unset_markers = source.columns()[column].unset_markers;
    wanted.reason_key = "import.mapped.chosen";
    if (!target.empty()) OUTPOST_CHECK(read_target(wanted, target, source.columns()[column], object, records));
    if (wanted.action == ColumnAction::Lookup) wanted.own_ids = find_own_ids(wanted, source.columns()[column], source, object);
    keep_names(wanted, plan, source, column, object);
    wanted.is_fraction_of_one = wanted.field == mapped.field && mapped.is_fraction_of_one;
    wanted.time_column = mapped.time_column;
    if (wanted.field == mapped.field) wanted.house_column = mapped.house_column, wanted.whole_column = mapped.whole_column, wanted.line_column = mapped.line_column, wanted.kind_column = mapped.kind_column;
    mapped = std::move(wanted);
    if (mapped.action == ColumnAction::Field && object.has_field(mapped.field) && mapped.field == object.name_field) plan.name_columns.clear();
    if (plan.match_column == column) plan.match_column.reset();
    if (plan.outcome_column == column) plan.outcome_column.reset();
    if (mapped.action == ColumnAction::Field && (object.field(mapped.field).type == FieldType::Id || object.field(mapped.field).external_id))
        plan.match_column = column;
    return {};
}

void set_new_field(ImportPlan& plan, std::uint32_t column, FieldType type, const ImportSource& source, const Records& records) {
    ColumnPlan& mapped = plan.columns[column];
    const Object& object = records.schema().object(plan.object);
    Field field = design_field(source.columns()[column], type, object);
    if (mapped.reason_key == "import.mapped.strangers") field.external_id = field.unique = field.case_sensitive = false;
    const auto is_used = [&](std::string_view name) {
        for (std::uint32_t other = 0; other < plan.columns.size(); ++other)
            if (other != column && plan.columns[other].action == ColumnAction::NewField && plan.columns[other].new_field->name == name) return true;
        return false;
    };
    const std::string stem = field.name.substr(0, field.name.size() - 3);
    for (int copy = 2; is_used(field.name) || object.find_field(field.name); ++copy) field.name = stem + "_" + std::to_string(copy) + "__c";
    mapped.action = ColumnAction::NewField;
    mapped.field = no_field;
    mapped.matches.clear();
    // "0.0.00" made the column none of another type, and is no date.
    if (type == FieldType::Date || type == FieldType::DateTime) mapped.unset_markers = source.columns()[column].unset_markers;
    if (field.external_id && !plan.match_column) plan.match_column = column;
    mapped.new_field = std::move(field);
}

std::string column_target_text(const ImportPlan& plan, std::uint32_t column, const Records& records) {
    const ColumnPlan& mapped = plan.columns[column];
    const Object& object = records.schema().object(plan.object);
    switch (mapped.action) {
        case ColumnAction::Skip: return {};
        case ColumnAction::NewField: return mapped.new_field->name;
        case ColumnAction::FullName: return object.field(system_field::name).name;
        case ColumnAction::Field: return object.field(mapped.field).name;
        case ColumnAction::Lookup: break;
    }
    const Field& field = object.field(mapped.field);
    const LookupMatch match = mapped.matches.front();
    return field.relationship_name + "." + records.schema().object(match.object).field(match.field).name;
}

}  // namespace outpost
