// What verify() looks at: everything that is kept twice (ids, live counts, indexes, derived columns) is worked out anew
// the plain way, and the records are sent through the snapshot's format and back.
#include <algorithm>
#include <unordered_set>

#include "core/edit/derived.h"
#include "core/edit/line_items.h"
#include "core/store/database.h"
#include "core/objects/standard.h"
#include "core/store/snapshot.h"

namespace outpost {
namespace {

constexpr std::size_t findings_max = 100;

class Verifier {
public:
    explicit Verifier(const Records& records) : records_(records) {}
    std::vector<std::string> run();

private:
    void check_table(const Object& object);
    void check_lookup(const Object& object, const Field& field);
    void check_copy(const Records& copy, const char* what);
    void say(std::string line) {
        if (found_.size() < findings_max) found_.push_back(std::move(line));
    }

    const Records& records_;
    std::vector<std::string> found_;
};

void Verifier::check_table(const Object& object) {
    const Table& table = records_.table(object.index);
    std::unordered_set<std::uint64_t> ids;
    RowIndex live = 0;
    if (table.ids().size() != table.row_count()) return say(object.name + ": ids and rows differ in number");
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        live += table.state(row) == RowState::Live;
        const RecordId id = table.ids().id_of(row);
        if (id.object() != object.index || !ids.insert(id.bits).second) say(object.name + ": id of row " + std::to_string(row));
        if (table.ids().find(id) != row) say(object.name + ": look-up of the id of row " + std::to_string(row));
    }
    if (live != table.live_count()) say(object.name + ": number of live records");
    for (const Field& field : object.fields) {
        const Column& column = table.column(field.index);
        if (column.kind() == ColumnKind::None) continue;
        if (column.size() != table.row_count()) say(object.name + "." + field.name + ": length of the column");
        else if (!field.deleted && field.is_lookup()) check_lookup(object, field);
    }
}

// Each live record stands exactly once among the children of what it points at, and nowhere else.
void Verifier::check_lookup(const Object& object, const Field& field) {
    const Table& table = records_.table(object.index);
    std::vector<RecordRef> targets(table.row_count());
    std::uint64_t pointing = 0;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const Column& column = table.column(field.index);
        if (column.kind() == ColumnKind::Ref) targets[row] = column.refs()[row];
        else if (column.rows()[row] != no_row) targets[row] = {field.reference_to[0], column.rows()[row]};
        if (targets[row] && !records_.has_table(targets[row].object)) targets[row] = {};
        if (targets[row] && targets[row].row >= records_.table(targets[row].object).row_count())
            return say(object.name + "." + field.name + " row " + std::to_string(row) + ": points outside");
        pointing += targets[row] && table.is_live(row);
    }
    std::uint64_t listed = 0;
    for (const ObjectIndex target : field.reference_to) {
        if (!records_.has_table(target)) continue;
        for (RowIndex row = 0; row < records_.table(target).row_count(); ++row) {
            for (const RowIndex child : records_.children(object.index, field.index, {target, row})) {
                ++listed;
                if (child >= table.row_count() || !table.is_live(child) || targets[child] != RecordRef{target, row})
                    return say(object.name + "." + field.name + ": index of children");
            }
        }
    }
    if (listed != pointing) say(object.name + "." + field.name + ": index of children");
}

void Verifier::check_copy(const Records& copy, const char* what) {
    for (const ObjectIndex index : records_.schema().objects()) {
        const Object& object = records_.schema().object(index);
        const Table& table = records_.table(index);
        const Table& other = copy.table(index);
        if (!std::ranges::equal(table.states(), other.states())) say(object.name + ": states " + what);
        for (const Field& field : object.fields) {
            const Column& column = table.column(field.index);
            const Column& again = other.column(field.index);
            if (column.size() != again.size()) {
                say(object.name + "." + field.name + ": " + what);
                continue;
            }
            for (RowIndex row = 0; row < column.size(); ++row)
                if (table.state(row) != RowState::Absent && !column.equal_at(row, again, row)) {
                    say(object.name + "." + field.name + " row " + std::to_string(row) + ": " + what);
                    break;
                }
        }
    }
}

std::vector<std::string> Verifier::run() {
    for (const ObjectIndex index : records_.schema().objects()) check_table(records_.schema().object(index));
    const Bytes bytes = write_snapshot_bytes(records_, {}, {});
    MemorySource source(bytes);
    auto content = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
    if (!content) {
        say("snapshot: " + content.error().arguments[0]);
        return std::move(found_);
    }
    check_copy(content->records, "after writing and reading");
    for (const ObjectIndex index : records_.schema().objects()) {
        std::vector<RowIndex> rows(records_.table(index).row_count());
        for (RowIndex row = 0; row < rows.size(); ++row) rows[row] = row;
        if (!rows.empty()) recompute_derived(content->records, index, rows);
    }
    check_copy(content->records, "derived anew");
    std::vector<RowIndex> opportunities(records_.table(standard_object::opportunity).row_count());
    for (RowIndex row = 0; row < opportunities.size(); ++row) opportunities[row] = row;
    const auto amounts = amounts_from_lines(records_, opportunities);
    if (!amounts || !amounts->rows.empty()) say("Opportunity: an amount is not the sum of the line items");
    return std::move(found_);
}

}  // namespace

std::vector<std::string> verify_records(const Records& records) { return Verifier(records).run(); }

}  // namespace outpost
