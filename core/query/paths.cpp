#include "core/query/paths.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/soql_words.h"

namespace outpost {

std::string_view last_segment(std::string_view path_text) {
    const std::size_t dot = path_text.rfind('.');
    return dot == std::string_view::npos ? path_text : path_text.substr(dot + 1);
}

std::string_view type_text(const Object& object) { return object.index == standard_object::group ? std::string_view("Queue") : object.name; }

std::string labels_text(const Field& field, std::string_view values) {
    std::string out;
    for (const std::string_view value : split(values, ';')) {
        const std::uint16_t code = field.find_code(value);
        if (value.data() != values.data()) out += ';';
        out += code != 0 && !field.values[code - 1u].label.empty() ? std::string_view(field.values[code - 1u].label) : value;
    }
    return out;
}

PathEnd end_of_path(const FieldPath& path, ObjectIndex from, const Schema& schema) {
    PathEnd end;
    end.object = from;
    for (const FieldIndex lookup : path.lookups) {
        const Field& field = schema.object(end.object).field(lookup);
        end.polymorphic = field.reference_to.size() > 1;
        if (field.reference_to.empty()) return end;
        end.object = field.reference_to.front();
    }
    if (path.field == object_name_field) return end;
    if (end.polymorphic) {
        const Field& lookup = schema.object(from).field(path.lookups.back());
        for (const ObjectIndex target : lookup.reference_to) {
            if (!schema.has_object(target)) continue;
            const Field* field = schema.object(target).find_field(last_segment(path.text));
            if (field == nullptr) continue;
            end.object = target;
            end.field = field;
            return end;
        }
        return end;
    }
    if (schema.has_object(end.object) && schema.object(end.object).has_field(path.field)) end.field = &schema.object(end.object).field(path.field);
    return end;
}

ValueKind value_kind(const Field& field) {
    switch (field.type) {
        case FieldType::Id:
        case FieldType::Lookup:
        case FieldType::MasterDetail: return ValueKind::Id;
        case FieldType::Number:
        case FieldType::Currency:
        case FieldType::Percent: return ValueKind::Number;
        case FieldType::Checkbox: return ValueKind::Flag;
        case FieldType::Date: return ValueKind::Date;
        case FieldType::DateTime: return ValueKind::DateTime;
        case FieldType::Picklist: return ValueKind::Picklist;
        case FieldType::MultiselectPicklist: return ValueKind::Multiselect;
        case FieldType::AutoNumber: return ValueKind::AutoNumber;
        case FieldType::Address:
        case FieldType::Location: return ValueKind::Compound;
        case FieldType::Formula:
        case FieldType::Summary:
            switch (field.column_kind()) {
                case ColumnKind::Decimal: return ValueKind::Number;
                case ColumnKind::Text: return ValueKind::Text;
                case ColumnKind::Flag: return ValueKind::Flag;
                case ColumnKind::Day: return ValueKind::Date;
                case ColumnKind::Instant: return ValueKind::DateTime;
                default: return ValueKind::None;
            }
        default: return ValueKind::Text;
    }
}

ValueKind value_kind(const FieldPath& path, ObjectIndex from, const Schema& schema) {
    if (path.field == object_name_field) return ValueKind::ObjectName;
    const PathEnd end = end_of_path(path, from, schema);
    return end.field != nullptr ? value_kind(*end.field) : ValueKind::None;
}

ValueKind value_kind(const Term& term, ObjectIndex from, const Schema& schema) {
    switch (term.aggregate) {
        case AggregateFunction::Count:
        case AggregateFunction::CountDistinct:
        case AggregateFunction::Sum:
        case AggregateFunction::Avg: return ValueKind::Number;
        default: break;
    }
    if (term.grouping) return ValueKind::Number;
    if (term.date_function == DateFunction::DayOnly) return ValueKind::Date;
    if (term.date_function != DateFunction::None) return ValueKind::Number;
    return value_kind(term.path, from, schema);
}

bool same_path(const FieldPath& a, const FieldPath& b) {
    return a.field == b.field && a.lookups == b.lookups && equals_ignoring_ascii_case(a.text, b.text);
}

bool same_term(const Term& a, const Term& b) {
    return a.aggregate == b.aggregate && a.date_function == b.date_function && a.count_all == b.count_all && a.grouping == b.grouping &&
           (a.date_function == DateFunction::None || a.convert_timezone == b.convert_timezone) && same_path(a.path, b.path);
}

std::string term_text(const Term& term) {
    std::string text = term.path.text;
    const auto wrap = [&](std::string_view function) { text = std::string(function) + "(" + text + ")"; };
    if (term.convert_timezone) wrap("convertTimezone");
    if (term.date_function != DateFunction::None) wrap(soql::to_text(term.date_function));
    if (term.grouping) wrap("GROUPING");
    if (term.aggregate != AggregateFunction::None) wrap(soql::to_text(term.aggregate));
    return text;
}

}  // namespace outpost
