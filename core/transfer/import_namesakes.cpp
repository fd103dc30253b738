#include "core/transfer/import_namesakes.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/objects/standard.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

constexpr RowIndex records_max = 300'000;   // looked through in one go

const Column* column_of(const ImportBatch& batch, FieldIndex field) {
    for (const BuiltColumn& built : batch.columns)
        if (built.field.index == field && built.values.kind() == ColumnKind::Text) return &built.values;
    return nullptr;
}

std::uint64_t key_of(std::string_view name) { return hash_text(fold_case(trim(name))); }

bool shares_names(ObjectIndex object) {
    return object != standard_object::account && object != standard_object::product && object != standard_object::user;
}

}  // namespace

std::uint32_t count_namesakes(const ImportBatch& batch, const Records& records) {
    const Table& table = records.table(batch.object);
    if (!batch.existing.empty() || table.live_count() == 0 || table.row_count() > records_max) return 0;
    if (batch.object == standard_object::task || batch.object == standard_object::event) return 0;
    const auto [first_field, last_field] = person_name_fields(batch.object);
    const bool is_person = last_field != no_field;
    const Column* names = column_of(batch, is_person ? last_field : records.schema().object(batch.object).name_field);
    const Column* first_names = is_person ? column_of(batch, first_field) : nullptr;
    if (!names) return 0;
    std::vector<std::uint64_t> known;
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) known.push_back(key_of(records.display_name({batch.object, row})));
    std::ranges::sort(known);
    std::uint32_t count = 0;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const std::string_view name = names->text(row);
        if (name.empty()) continue;
        const bool is_there = std::ranges::binary_search(known, is_person ? key_of(compose_person_name(first_names ? first_names->text(row) : std::string_view(), name)) : key_of(name));
        count += is_there;
    }
    return shares_names(batch.object) && count * 2 < batch.rows ? 0 : count;
}

std::uint32_t count_converted(const ImportBatch& batch) {
    if (batch.object != standard_object::lead) return 0;
    const auto status = std::ranges::find_if(batch.columns, [](const BuiltColumn& built) { return built.field.index == lead_field::status; });
    std::uint32_t flags = 0, count = 0;
    const auto says_converted = [&](std::uint32_t column) {
        const std::string key = fold_key(batch.source->headers()[column]);
        return batch.plan->columns[column].action == ColumnAction::Skip && (key == "isconverted" || key == "converted" || key == "已转换");
    };
    while (flags < batch.source->column_count() && !says_converted(flags)) ++flags;
    std::string scratch;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (!batch.existing.empty() && batch.existing[row] != no_row) continue;
        const std::uint16_t code = status != batch.columns.end() ? status->values.codes()[row] : std::uint16_t{0};
        const bool by_status = code != 0 && status->field.values[code - 1u].converted;
        count += by_status || (flags < batch.source->column_count() && read_checkbox(batch.source->cell(row, flags, scratch)) == true);
    }
    return count;
}

}  // namespace outpost
