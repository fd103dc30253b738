#include "core/store/record_history.h"

#include <algorithm>
#include <memory>

namespace outpost {
namespace {

// Values kept under a definition that has since changed may not fit it any more: a picklist value that was renamed is
// there, one that went away is not.
Value value_at(const Column& column, RowIndex index, const Field& field) {
    if (column.size() == 0 || column.kind() != field.column_kind()) return {};
    const RowIndex at = column.size() == 1 ? 0 : index;
    if (at >= column.size() || column.is_null(at)) return {};
    if (column.kind() == ColumnKind::Code && column.codes()[at] > field.values.size()) return {};
    return column.get(at, field);
}

struct LineCollector {
    const Schema& schema;
    RecordRef record;
    const ChangeGroup& group;
    std::vector<RecordHistoryLine>& lines;  // of this group, in its order
    bool created = false;

    RecordHistoryLine line(RecordEvent event) const {
        RecordHistoryLine out;
        out.sequence = group.sequence;
        out.time = group.time;
        out.user = group.user;
        out.origin = group.origin;
        out.event = event;
        return out;
    }
    const Field* field_of(FieldIndex field) const {
        if (!schema.knows_object(record.object)) return nullptr;
        const Object& object = schema.object(record.object);
        return number(field) < object.fields.size() && !object.fields[number(field)].name.empty() ? &object.fields[number(field)] : nullptr;
    }

    void operator()(const SchemaChange&) {}
    void operator()(const RecordsCreated& made) {
        if (made.object != record.object || record.row < made.first_row || record.row - made.first_row >= made.count) return;
        created = true;
        lines.push_back(line(RecordEvent::Created));
        for (const FieldColumn& column : made.columns) {
            const Field* field = field_of(column.field);
            if (!field) continue;
            RecordHistoryLine added = line(RecordEvent::FieldChanged);
            added.field = column.field;
            added.after = value_at(column.values, record.row - made.first_row, *field);
            if (!is_null(added.after)) lines.push_back(std::move(added));
        }
    }
    void operator()(const RecordsChanged& changed) {
        if (changed.object != record.object) return;
        const auto at = std::ranges::lower_bound(changed.rows, record.row);
        if (at == changed.rows.end() || *at != record.row) return;
        const auto index = static_cast<RowIndex>(at - changed.rows.begin());
        for (const FieldChange& change : changed.fields) {
            const Field* field = field_of(change.field);
            if (!field) continue;
            RecordHistoryLine added = line(RecordEvent::FieldChanged);
            added.field = change.field;
            added.before = value_at(change.before, index, *field);
            added.after = value_at(change.after, index, *field);
            // What was set twice in one edit is told once, with what it ended as.
            const auto earlier = std::ranges::find_if(lines, [&](const RecordHistoryLine& each) { return each.event == RecordEvent::FieldChanged && each.field == change.field; });
            if (earlier == lines.end()) {
                if (added.before != added.after) lines.push_back(std::move(added));
            } else {
                earlier->after = std::move(added.after);
                if (earlier->before == earlier->after) lines.erase(earlier);
            }
        }
    }
    void operator()(const StateChanged& changed) {
        if (changed.object != record.object || !std::ranges::binary_search(changed.rows, record.row)) return;
        lines.push_back(line(changed.after == RowState::Live ? RecordEvent::Restored : RecordEvent::Deleted));
    }
};

struct Reading {
    const Records& records;
    RecordRef record;
    Sequence oldest;
    std::size_t lines_max;
    std::function<void(Result<RecordHistory>)> done;
    RecordHistory out;

    Sequence finish() {
        if (out.lines.size() > lines_max) {
            out.lines.resize(lines_max);
            out.reaches_creation = false;
        }
        done(std::move(out));
        return 0;
    }
    Sequence take(Result<GroupHistory> page, Sequence first) {
        if (!page) {
            done(std::unexpected(std::move(page).error()));
            return 0;
        }
        out.entries_damaged += page->entries_damaged;
        out.sequences_missing += page->sequences_missing;
        out.left_out += page->left_out;
        out.reaches_creation = add_history_lines(page->groups, records.schema(), record, out);
        // A whole page of which nothing is kept: what lies before it is gone too.
        const bool is_end = first <= oldest || (page->groups.empty() && page->entries_damaged == 0 && page->left_out == 0);
        return out.reaches_creation || is_end || out.lines.size() >= lines_max ? finish() : first - 1;
    }
};

}  // namespace

bool add_history_lines(const std::vector<ChangeGroup>& groups, const Schema& schema, RecordRef record, RecordHistory& out) {
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
        std::vector<RecordHistoryLine> lines;
        LineCollector collector{schema, record, *group, lines};
        for (const Change& change : group->changes) std::visit(collector, change);
        std::ranges::move(lines.rbegin(), lines.rend(), std::back_inserter(out.lines));
        if (collector.created) return true;
    }
    return false;
}

void load_record_history(Database& database, const Records& records, GroupRange range, RecordRef record, std::size_t lines_max,
                         std::function<void(Result<RecordHistory>)> done) {
    auto reading = std::make_shared<Reading>(Reading{records, record, range.oldest, lines_max, std::move(done), {}});
    if (range.newest == 0) return static_cast<void>(reading->finish());
    read_group_pages(database, range, [reading](Result<GroupHistory> page, Sequence first) { return reading->take(std::move(page), first); });
}

}  // namespace outpost
