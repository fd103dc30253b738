#include "core/edit/list_view_check.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard_list_view.h"
#include "core/query/criteria.h"

namespace outpost {

namespace {

// A text of the given columns, or else of the record; a column of one value is for all rows.
std::string_view text_of(const Records& records, const std::vector<RowIndex>& rows, RowIndex row, const std::vector<FieldColumn>& columns, FieldIndex field) {
    const auto given = std::ranges::find(columns, field, &FieldColumn::field);
    if (given != columns.end()) return given->values.text(given->values.size() == 1 ? 0 : row);
    return rows.empty() ? std::string_view() : records.text({standard_object::list_view, rows[row]}, field);
}

}  // namespace

void check_list_views(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    namespace lv = list_view_field;
    const auto has = [&](FieldIndex field) { return std::ranges::find(columns, field, &FieldColumn::field) != columns.end(); };
    if (!has(lv::sobject_type) && !has(lv::criteria)) return;
    for (RowIndex row = 0; row < count; ++row) {
        const std::string_view criteria = text_of(records, rows, row, columns, lv::criteria);
        const std::string_view listed = text_of(records, rows, row, columns, lv::sobject_type);
        if (listed.empty() || (!has(lv::sobject_type) && trim(criteria).empty())) continue;
        const Object& views = records.schema().object(standard_object::list_view);
        const bool is_there = records.schema().find_object(listed) != nullptr;
        auto query = parse_criteria(is_there ? criteria : std::string_view(), listed, records);
        if (query) continue;
        Error error = std::move(query).error();
        error.object = views.name;
        error.field = views.field(is_there ? lv::criteria : lv::sobject_type).name;
        if (!is_there) error.position = -1;
        sink(row, std::move(error));
    }
}

}  // namespace outpost
