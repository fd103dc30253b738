#include "core/objects/records.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/equality_index.h"
#include "core/objects/field_text.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

// Children of every target row: rows of `target` are children[starts[target] .. starts[target + 1]].
struct ChildIndex {
    std::uint64_t column_revision = 0, states_revision = 0;
    std::uint64_t asked_column_revision = 0, asked_states_revision = 0;   // of the last question whether it pays
    std::vector<std::uint32_t> starts;   // lookups to one object
    std::vector<RecordRef> targets;      // lookups to several: targets in order, one for each child
    std::vector<RowIndex> children;
};

void build_by_row(ChildIndex& index, const Table& table, std::span<const std::uint32_t> targets, RowIndex target_rows) {
    index.starts.assign(std::size_t{target_rows} + 1, 0);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (targets[row] < target_rows && table.is_live(row)) ++index.starts[targets[row] + 1u];
    for (std::size_t i = 1; i < index.starts.size(); ++i) index.starts[i] += index.starts[i - 1];
    index.children.resize(index.starts.back());
    std::vector<std::uint32_t> next(index.starts.begin(), index.starts.end() - 1);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (targets[row] < target_rows && table.is_live(row)) index.children[next[targets[row]]++] = row;
}

constexpr auto ref_before = [](const RecordRef& a, const RecordRef& b) {
    return a.object != b.object ? number(a.object) < number(b.object) : a.row < b.row;
};

void build_by_ref(ChildIndex& index, const Table& table, std::span<const RecordRef> targets) {
    index.children.clear();
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (targets[row] && table.is_live(row)) index.children.push_back(row);
    std::stable_sort(index.children.begin(), index.children.end(),
                     [&](RowIndex a, RowIndex b) { return ref_before(targets[a], targets[b]); });
    index.targets.clear();
    for (const RowIndex row : index.children) index.targets.push_back(targets[row]);
}

struct EqualIndex {
    std::uint64_t column_revision = 0;
    EqualityIndex index;
};

}  // namespace

struct Records::Indexes {
    // Few fields are ever asked for: a list by (object, field) is enough.
    template <typename T>
    struct Kept { ObjectIndex object; FieldIndex field; T index; };
    std::vector<std::unique_ptr<Kept<ChildIndex>>> children;
    std::vector<std::unique_ptr<Kept<EqualIndex>>> equal;

    template <typename T>
    static T* find(std::vector<std::unique_ptr<Kept<T>>>& list, ObjectIndex object, FieldIndex field) {
        for (auto& kept : list)
            if (kept->object == object && kept->field == field) return &kept->index;
        return nullptr;
    }
    template <typename T>
    static T& find_or_add(std::vector<std::unique_ptr<Kept<T>>>& list, ObjectIndex object, FieldIndex field) {
        if (T* found = find(list, object, field)) return *found;
        list.push_back(std::make_unique<Kept<T>>(Kept<T>{object, field, {}}));
        return list.back()->index;
    }
};

Records::Records() : indexes_(std::make_unique<Indexes>()) {
    add_standard_objects(schema_);
    sync_tables_with_schema();
}
Records::~Records() = default;
Records::Records(Records&&) noexcept = default;
Records& Records::operator=(Records&&) noexcept = default;

bool Records::has_table(ObjectIndex object) const { return number(object) < tables_.size() && tables_[number(object)] != nullptr; }

const Table& Records::table(ObjectIndex object) const {
    OUTPOST_ASSERT(has_table(object));
    return *tables_[number(object)];
}

Table& Records::mutable_table(ObjectIndex object) {
    OUTPOST_ASSERT(has_table(object));
    return *tables_[number(object)];
}

void Records::sync_tables_with_schema() {
    for (std::uint16_t at = 1; at < schema_.object_limit(); ++at) {
        const ObjectIndex index{at};
        if (!schema_.knows_object(index)) continue;
        if (tables_.size() <= at) tables_.resize(at + 1u);
        if (!tables_[at]) tables_[at] = std::make_unique<Table>(index);
        for (const Field& field : schema_.object(index).fields)
            if (!field.name.empty()) tables_[at]->add_column(field.index, field.column_kind());
    }
}

Value Records::value(RecordRef record, FieldIndex field_index) const {
    const Object& object = schema_.object(record.object);
    const Field& field = object.field(field_index);
    const Table& rows = table(record.object);
    if (field.index == system_field::id) return to_text(id_of(record));
    if (field.index == system_field::is_deleted) return rows.state(record.row) != RowState::Live;
    if (field.type == FieldType::Address || field.type == FieldType::Location) {
        std::string joined;
        for (const Field& part : object.fields) {
            if (part.deleted || part.compound != field.name) continue;
            const std::string text = plain_text(value(record, part.index));
            if (text.empty()) continue;
            if (!joined.empty()) joined += ", ";
            joined += text;
        }
        return joined.empty() ? Value() : Value(std::move(joined));
    }
    const Column& column = rows.column(field_index);
    return column.kind() == ColumnKind::None ? Value() : column.get(record.row, field);
}

std::string_view Records::text(RecordRef record, FieldIndex field) const {
    const Column& column = table(record.object).column(field);
    return column.kind() == ColumnKind::Text ? column.text(record.row) : std::string_view();
}

std::string Records::display_name(RecordRef record) const {
    // A name that is itself a lookup leads on; two steps are enough for every object that there is.
    for (int step = 0; step < 4; ++step) {
        if (!record || !has_table(record.object) || record.row >= table(record.object).row_count()) return {};
        const Object& object = schema_.object(record.object);
        if (!object.has_field(object.name_field)) return {};
        const Value name = value(record, object.name_field);
        const auto* target = std::get_if<RecordRef>(&name);
        if (!target) return plain_text(name);
        record = *target;
    }
    return {};
}

std::optional<RecordRef> Records::find(RecordId id) const {
    const ObjectIndex object = id.object();
    if (!has_table(object)) return std::nullopt;
    const auto row = table(object).ids().find(id);
    if (!row || table(object).state(*row) == RowState::Absent) return std::nullopt;
    return RecordRef{object, *row};
}

RecordId Records::id_of(RecordRef record) const {
    return record ? table(record.object).ids().id_of(record.row) : RecordId{};
}

std::span<const RowIndex> Records::children(ObjectIndex object, FieldIndex field, RecordRef target) const {
    const Table& rows = table(object);
    const Column& column = rows.column(field);
    if (column.kind() != ColumnKind::Row && column.kind() != ColumnKind::Ref) return {};
    ChildIndex& index = Indexes::find_or_add(indexes_->children, object, field);
    const ObjectIndex first_target = schema_.object(object).field(field).reference_to[0];
    const bool stale = index.column_revision != rows.column_revision(field) || index.states_revision != rows.states_revision();
    if (column.kind() == ColumnKind::Row) {
        if (target.object != first_target) return {};
        const RowIndex target_rows = table(first_target).row_count();
        if (stale) build_by_row(index, rows, column.rows(), target_rows);
    } else if (stale) {
        build_by_ref(index, rows, column.refs());
    }
    index.column_revision = rows.column_revision(field);
    index.states_revision = rows.states_revision();
    if (column.kind() == ColumnKind::Row) {
        if (target.row + std::size_t{1} >= index.starts.size()) return {};
        const std::uint32_t start = index.starts[target.row];
        return {index.children.data() + start, index.starts[target.row + 1u] - start};
    }
    const auto [first, end] = std::equal_range(index.targets.begin(), index.targets.end(), target, ref_before);
    return {index.children.data() + (first - index.targets.begin()), static_cast<std::size_t>(end - first)};
}

bool Records::children_pay(ObjectIndex object, FieldIndex field) const {
    const Table& rows = table(object);
    ChildIndex& index = Indexes::find_or_add(indexes_->children, object, field);
    const std::uint64_t column = rows.column_revision(field), states = rows.states_revision();
    if (index.column_revision == column && index.states_revision == states) return true;
    const bool asked = index.asked_column_revision == column && index.asked_states_revision == states;
    index.asked_column_revision = column;
    index.asked_states_revision = states;
    return asked;
}

// --- equality

namespace {

std::uint32_t hash_at(const Column& column, RowIndex row) {
    return column.kind() == ColumnKind::Text ? EqualityIndex::hash(column.text(row)) : EqualityIndex::hash(column.decimals()[row]);
}

// Units that a number field would hold for that text; nothing when no value of the field can equal it.
std::optional<std::int64_t> units_of(const Field& field, std::string_view text) {
    if (field.type == FieldType::AutoNumber) return parse_auto_number(field, text);
    const auto decimal = parse_decimal(trim(text));
    if (!decimal) return std::nullopt;
    const auto fitted = rescale(*decimal, field.scale, Rounding::Refuse);
    return fitted ? std::optional(fitted->units) : std::nullopt;
}

bool is_indexed_kind(ColumnKind kind) { return kind == ColumnKind::Text || kind == ColumnKind::Decimal; }

}  // namespace

bool Records::has_current_index(ObjectIndex object, FieldIndex field) const {
    const EqualIndex* index = Indexes::find(indexes_->equal, object, field);
    return index && index->column_revision == table(object).column_revision(field);
}

void Records::index_rows(ObjectIndex object, FieldIndex field, std::span<const RowIndex> rows) const {
    EqualIndex* index = Indexes::find(indexes_->equal, object, field);
    OUTPOST_ASSERT(index != nullptr);
    const Table& all = table(object);
    // With too many stale entries it is left behind, and built anew when it is next asked for.
    if (index->index.entries() + rows.size() > 2 * std::size_t{all.row_count()} + 1024) return;
    const Column& column = all.column(field);
    for (const RowIndex row : rows)
        if (!column.is_null(row)) index->index.add(hash_at(column, row), row);
    index->column_revision = all.column_revision(field);
}

std::vector<FieldIndex> Records::current_indexes(ObjectIndex object) const {
    std::vector<FieldIndex> fields;
    for (const auto& kept : indexes_->equal)
        if (kept->object == object && has_current_index(object, kept->field)) fields.push_back(kept->field);
    return fields;
}

void Records::index_new_rows(ObjectIndex object, std::span<const FieldIndex> fields, RowIndex first) const {
    if (fields.empty()) return;
    std::vector<RowIndex> rows(table(object).row_count() - first);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = first + static_cast<RowIndex>(i);
    for (const FieldIndex field : fields) index_rows(object, field, rows);
}

std::vector<RowIndex> Records::find_equal(ObjectIndex object, FieldIndex field_index, std::string_view text, Match match) const {
    std::vector<RowIndex> found;
    const Table& rows = table(object);
    const Field& field = schema_.object(object).field(field_index);
    const Column& column = rows.column(field_index);
    if (text.empty()) return found;
    if (!is_indexed_kind(column.kind())) {
        for (RowIndex row = 0; row < rows.row_count(); ++row)
            if (rows.is_live(row) && value_text({object, row}, field_index) == text) found.push_back(row);
        return found;
    }
    const bool is_text = column.kind() == ColumnKind::Text;
    const std::optional<std::int64_t> units = is_text ? std::nullopt : units_of(field, text);
    if (!is_text && !units) return found;

    EqualIndex& kept = Indexes::find_or_add(indexes_->equal, object, field_index);
    if (kept.column_revision != rows.column_revision(field_index)) {
        kept.index = EqualityIndex();
        kept.index.reserve(rows.row_count());
        for (RowIndex row = 0; row < rows.row_count(); ++row)
            if (!column.is_null(row)) kept.index.add(hash_at(column, row), row);
        kept.column_revision = rows.column_revision(field_index);
    }
    const bool is_exact = match == Match::Exact || (match == Match::ByField && field.case_sensitive);
    kept.index.each(is_text ? EqualityIndex::hash(text) : EqualityIndex::hash(*units), [&](RowIndex row) {
        if (!rows.is_live(row)) return;
        const bool equal = !is_text ? column.decimals()[row] == *units
                           : is_exact ? column.text(row) == text
                                      : equals_ignoring_ascii_case(column.text(row), text);
        if (equal) found.push_back(row);
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::string Records::value_text(RecordRef record, FieldIndex field) const {
    const Value held = value(record, field);
    const auto* target = std::get_if<RecordRef>(&held);
    return target ? to_text(id_of(*target)) : plain_text(held);
}

std::size_t Records::bytes() const {
    std::size_t total = 0;
    for (const auto& rows : tables_)
        if (rows) total += rows->bytes();
    for (const auto& kept : indexes_->children)
        total += kept->index.starts.capacity() * 4 + kept->index.children.capacity() * 4 + kept->index.targets.capacity() * sizeof(RecordRef);
    for (const auto& kept : indexes_->equal) total += kept->index.index.bytes();
    return total;
}

}  // namespace outpost
