// Of which object the rows of a file are, by its headers.
#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/edit/validate.h"
#include "core/objects/standard.h"
#include "core/transfer/import_plan.h"

namespace outpost {

namespace {

// What every record must have and nothing fills in by itself.
bool is_asked_for(const Field& field, const Object& object) {
    return field.required && !field.import_may_omit && !field.deleted && field.writable() && field.type != FieldType::Checkbox && !has_default(field) &&
           field.index != object.name_field && !(object.index == standard_object::event && field.index == event_field::end);
}

}  // namespace

bool can_be_imported(const Object& object) {
    return !object.hidden || object.index == standard_object::opportunity_line_item || object.index == standard_object::pricebook_entry ||
           object.index == standard_object::opportunity_contact_role || object.index == standard_object::forecasting_quota;
}

ObjectIndex guess_import_object(const ImportSource& source, const Records& records) {
    ObjectIndex best = no_object;
    double best_score = 0;
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        if (!can_be_imported(object)) continue;
        const ImportPlan plan = make_import_plan(source, records, index);
        double score = 0;
        bool has_name = false;
        for (const ColumnPlan& column : plan.columns) {
            if (column.action == ColumnAction::Skip) continue;
            score += column.is_suggestion ? 0.4 : 1;
            const Field& field = object.field(column.field);
            has_name = has_name || column.action == ColumnAction::FullName || column.field == object.name_field ||
                       field.index == person_name_fields(index).second;
            if (field.required) score += 0.5;
        }
        // What every record must have and no column gives: no row could come in.
        for (const Field& field : object.fields)
            if (is_asked_for(field, object) && std::ranges::none_of(plan.columns, [&](const ColumnPlan& column) {
                    const bool is_in_name = column.action == ColumnAction::FullName && field.index == person_name_fields(index).second;
                    return column.action != ColumnAction::Skip && (column.field == field.index || is_in_name);
                }))
                score -= 2;
        if (has_name) score += 1;
        if (plan.done_column) score += 1;
        if (plan.of_calls) score += 3;
        else if (index == standard_object::event && std::ranges::any_of(source.headers(), [](const std::string& header) { return fold_key(header).find("duration") != std::string::npos; }))
            score += 1.5;
        // A header that names the object itself says much, its own id in front of the others most.
        const std::string first = source.headers().empty() ? std::string() : fold_key(source.headers()[0]);
        if (first == fold_key(object.label) + "id" || (index == standard_object::opportunity && first == "dealid")) score += 2;
        for (const std::string& header : source.headers())
            if (const std::string key = fold_key(header), label = fold_key(object.label); key.starts_with(label) || (index == standard_object::opportunity && key.starts_with("deal"))) score += !object.standard && key == label + "owner" ? 4 : 0.7;
        if (score > best_score + 0.01) {
            best_score = score;
            best = index;
        }
    }
    return best_score >= 2 ? best : no_object;
}

}  // namespace outpost
