#include "core/edit/queue_members.h"

#include <algorithm>

#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

namespace so = standard_object;

constexpr std::size_t named_max = 6;

// Users and groups that stand as members of a group itself.
std::vector<RecordRef> members_named(const Records& records, RecordRef group) {
    std::vector<RecordRef> named;
    for (const RowIndex member : records.children(so::group_member, group_member_field::group, group))
        if (const RecordRef who = reference(records, {so::group_member, member}, group_member_field::member); who && records.table(who.object).is_live(who.row)) named.push_back(who);
    return named;
}

}  // namespace

bool is_member(const Records& records, RecordRef queue, RecordRef user) {
    std::vector<RecordRef> groups{queue};
    for (std::size_t at = 0; at < groups.size(); ++at)
        for (const RecordRef who : members_named(records, groups[at])) {
            if (who == user) return true;
            if (who.object == so::group && std::ranges::find(groups, who) == groups.end()) groups.push_back(who);
        }
    return false;
}

Status check_may_take(const Records& records, RowIndex lead, RecordRef user) {
    const Table& table = records.table(so::lead);
    if (lead >= table.row_count() || !table.is_live(lead)) return {};
    const RecordRef queue = reference(records, {so::lead, lead}, system_field::owner);
    if (queue.object != so::group || is_member(records, queue, user)) return {};
    std::string names;
    const std::vector<RecordRef> members = members_named(records, queue);
    for (std::size_t at = 0; at < members.size(); ++at) {
        names += at == 0 ? "" : ", ";
        if (at == named_max) {
            names += "…";
            break;
        }
        names += records.display_name(members[at]);
    }
    return fail(Error{ErrorCode::FieldIntegrity, members.empty() ? "error.take.no_members" : "error.take.not_member",
                      {records.display_name({so::lead, lead}), records.display_name(queue), std::move(names)}, "Lead", "OwnerId"});
}

Status check_taken(const Records& records, RecordRef user, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldValue>& fields) {
    const bool to_oneself = object == so::lead && std::ranges::any_of(fields, [&](const FieldValue& field) { return field.field == system_field::owner && field.value == Value(user); });
    if (!to_oneself) return {};
    for (const RowIndex row : rows) OUTPOST_CHECK(check_may_take(records, row, user));
    return {};
}

}  // namespace outpost
