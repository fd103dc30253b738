#include "core/edit/segments.h"

#include <algorithm>

#include "core/objects/labels.h"
#include "core/objects/standard_segment.h"

namespace outpost {

namespace {

namespace so = standard_object;

const Field& member_field(const Schema& schema) { return schema.object(so::segment_member).field(segment_member_field::member); }

Status check_members(const Records& records, ObjectIndex index, const std::vector<RowIndex>& rows) {
    const Object& object = records.schema().object(index);
    if (!can_be_in_segment(records.schema(), index)) return fail(Error{ErrorCode::InvalidType, "error.segment.object", {object_argument(object)}, object.name});
    const Table& table = records.table(index);
    for (const RowIndex row : rows) {
        if (row >= table.row_count()) return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.merge.not_found", {}, object.name});
        if (!table.is_live(row)) return fail(Error{ErrorCode::EntityIsDeleted, "error.merge.deleted", {records.display_name({index, row})}, object.name});
    }
    return {};
}

}  // namespace

bool can_be_in_segment(const Schema& schema, ObjectIndex object) {
    return schema.has_object(so::segment_member) && std::ranges::contains(member_field(schema).reference_to, object);
}

RowIndex membership_of(const Records& records, RecordRef segment, RecordRef member) {
    const auto segments = records.table(so::segment_member).column(segment_member_field::segment).rows();
    for (const RowIndex row : records.children(so::segment_member, segment_member_field::member, member))
        if (segments[row] == segment.row) return row;
    return no_row;
}

Result<CommandOutcome> add_to_segment(Transaction& transaction, const AddToSegment& command) {
    const Records& records = transaction.records();
    OUTPOST_CHECK(check_members(records, command.object, command.rows));
    RecordRef segment = command.segment;
    if (segment) {
        if (!records.table(so::segment).is_live(segment.row)) return fail(Error{ErrorCode::EntityIsDeleted, "error.merge.deleted", {records.display_name(segment)}, "Segment"});
    } else {
        OUTPOST_TRY(segment, transaction.create(so::segment, {{records.schema().object(so::segment).name_field, Value(command.name)}}, true));
    }
    Column segments(ColumnKind::Row), members(ColumnKind::Ref);
    for (const RowIndex row : command.rows) {
        const RecordRef member{command.object, row};
        if (membership_of(records, segment, member) != no_row) continue;
        segments.mutable_rows().push_back(segment.row);
        members.mutable_refs().push_back(member);
    }
    CommandOutcome outcome;
    outcome.created = {segment};
    outcome.record_count = members.refs().size();
    if (outcome.record_count == 0) return outcome;
    std::vector<FieldColumn> columns;
    columns.push_back({segment_member_field::segment, std::move(segments)});
    columns.push_back({segment_member_field::member, std::move(members)});
    OUTPOST_CHECK(transaction.create_many(so::segment_member, static_cast<std::uint32_t>(outcome.record_count), std::move(columns)));
    return outcome;
}

Result<CommandOutcome> remove_from_segment(Transaction& transaction, const RemoveFromSegment& command) {
    const Records& records = transaction.records();
    OUTPOST_CHECK(check_members(records, command.object, command.rows));
    std::vector<RowIndex> memberships;
    for (const RowIndex row : command.rows)
        if (const RowIndex membership = membership_of(records, command.segment, {command.object, row}); membership != no_row) memberships.push_back(membership);
    std::ranges::sort(memberships);
    CommandOutcome outcome;
    outcome.created = {command.segment};
    outcome.record_count = memberships.size();
    if (!memberships.empty()) OUTPOST_CHECK(transaction.set_state(so::segment_member, std::move(memberships), RowState::Deleted));
    return outcome;
}

Status leave_shared_segments(Transaction& transaction, RecordRef kept, RecordRef other) {
    const Records& records = transaction.records();
    const auto segments = records.table(so::segment_member).column(segment_member_field::segment).rows();
    std::vector<RowIndex> twice, moving;
    for (const RowIndex row : records.children(so::segment_member, segment_member_field::member, other)) {
        const bool is_shared = membership_of(records, {so::segment, segments[row]}, kept) != no_row || std::ranges::contains(moving, segments[row]);
        if (is_shared) twice.push_back(row);
        else moving.push_back(segments[row]);
    }
    return twice.empty() ? Status() : transaction.set_state(so::segment_member, std::move(twice), RowState::Deleted);
}

Status leave_segments(Transaction& transaction, ObjectIndex object) {
    const Records& records = transaction.records();
    if (!can_be_in_segment(records.schema(), object)) return {};
    const Table& members = records.table(so::segment_member);
    const auto refs = members.column(segment_member_field::member).refs();
    std::vector<RowIndex> memberships;
    for (RowIndex row = 0; row < members.row_count(); ++row)
        if (members.is_live(row) && refs[row].object == object) memberships.push_back(row);
    return memberships.empty() ? Status{} : transaction.set_state(so::segment_member, std::move(memberships), RowState::Deleted);
}

}  // namespace outpost
