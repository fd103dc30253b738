#include "core/edit/find_record.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"

namespace outpost {

namespace {

constexpr std::size_t named_matches_max = 5;

// Exact matches, or if there are none those that differ in case only.
std::vector<RowIndex> rows_with(const Records& records, ObjectIndex object, FieldIndex field, std::string_view text) {
    std::vector<RowIndex> rows = records.find_equal(object, field, text);
    if (rows.empty()) rows = records.find_equal(object, field, text, Records::Match::ByField);
    return rows;
}

Result<RecordRef> the_only(const std::vector<RecordRef>& found, std::string_view wanted, const Field& field, const Object& object, const Records& records) {
    if (found.size() == 1) return found[0];
    if (found.empty())
        return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.lookup_none", object, field, {shown_value(wanted)}));
    std::string names;
    for (std::size_t i = 0; i < found.size() && i < named_matches_max; ++i) {
        if (i > 0) names += ", ";
        names += records.display_name(found[i]) + " (" + to_text(records.id_of(found[i])) + ")";
    }
    if (found.size() > named_matches_max) names += ", …";
    return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.lookup_several", object, field,
                            {shown_value(wanted), std::to_string(found.size()), names}));
}

}  // namespace

Result<RecordRef> find_record_by_fields(const Json& json, const Field& field, const Object& object, const Records& records) {
    std::vector<RecordRef> found;
    std::string wanted;
    for (const auto& [name, value] : json.members()) {
        if (name == "attributes" || name == "type") continue;
        if (!wanted.empty()) wanted += ", ";
        wanted += value.is_string() || value.is_number() ? value.text() : value.dump();
    }
    bool known = false;
    for (const ObjectIndex target : field.reference_to) {
        if (!records.schema().has_object(target)) continue;
        const Object& to = records.schema().object(target);
        std::vector<RowIndex> rows;
        bool first = true, fits = !wanted.empty();
        for (const auto& [name, value] : json.members()) {
            if (name == "attributes" || name == "type") continue;
            const Field* by = to.find_field(name);
            if (!by || !(value.is_string() || value.is_number())) {
                fits = false;
                break;
            }
            std::vector<RowIndex> matches;
            if (by->type == FieldType::Id) {
                const auto id = parse_record_id(value.text());
                if (const auto record = id ? records.find(*id) : std::nullopt; record && record->object == target) matches.push_back(record->row);
            } else {
                matches = rows_with(records, target, by->index, trim(value.text()));
            }
            if (first) rows = std::move(matches);
            else std::erase_if(rows, [&](RowIndex row) { return !std::binary_search(matches.begin(), matches.end(), row); });
            first = false;
        }
        known = known || fits;
        if (fits)
            for (const RowIndex row : rows) found.push_back({target, row});
    }
    if (!known) {
        const std::string name = json.members().empty() ? std::string() : json.members().front().first;
        return fail(field_error(ErrorCode::InvalidField, "error.lookup_field", object, field, {shown_value(name)}));
    }
    return the_only(found, wanted, field, object, records);
}

Result<RecordRef> find_record_by_name(std::string_view name, const Field& field, const Object& object, const Records& records) {
    std::vector<RecordRef> found;
    for (const ObjectIndex target : field.reference_to) {
        if (!records.schema().has_object(target)) continue;
        for (const RowIndex row : rows_with(records, target, records.schema().object(target).name_field, trim(name))) found.push_back({target, row});
    }
    return the_only(found, trim(name), field, object, records);
}

}  // namespace outpost
