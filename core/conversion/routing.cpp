#include "core/conversion/routing.h"

#include <algorithm>

#include "core/edit/queue_members.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/query/criteria.h"
#include "core/query/filter.h"

namespace outpost {

namespace {

namespace so = standard_object;
namespace entry_field = assignment_rule_entry_field;

bool is_flagged(const Records& records, ObjectIndex object, FieldIndex field, RowIndex row) {
    return records.table(object).column(field).flags()[row] != 0;
}

bool is_working(const Records& records, RowIndex member) {
    const RecordRef user = reference(records, {so::group_member, member}, group_member_field::member);
    return is_flagged(records, so::group_member, group_member_field::is_working, member) && user.object == so::user && can_be_assigned(records, user);
}

// The turns of one regular group during one routing.
struct Turns {
    RowIndex group;
    std::vector<RowIndex> working;   // ascending
    std::size_t next = 0;
    RowIndex last = no_row;

    RowIndex take() {
        last = working[next];
        next = (next + 1) % working.size();
        return last;
    }
};

Turns turns_of(const Records& records, RowIndex group) {
    Turns turns{group, members_of(records, group)};
    std::erase_if(turns.working, [&](RowIndex member) { return !is_working(records, member); });
    const RecordRef last = reference(records, {so::group, group}, group_field::last_assigned);
    if (!last) return turns;
    const auto after = std::upper_bound(turns.working.begin(), turns.working.end(), last.row);
    turns.next = after == turns.working.end() ? 0 : static_cast<std::size_t>(after - turns.working.begin());
    return turns;
}

struct Entry {
    RowIndex row;
    RecordRef assignee;
    FilterPointer filter;            // null: all leads
    Turns* turns = nullptr;
};

}  // namespace

bool has_active_entries(const Records& records) {
    const Table& table = records.table(so::assignment_rule_entry);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row) && is_flagged(records, so::assignment_rule_entry, entry_field::is_active, row)) return true;
    return false;
}

std::vector<RowIndex> entries_in_order(const Records& records) {
    const Table& table = records.table(so::assignment_rule_entry);
    const auto order = table.column(entry_field::sort_order).decimals();
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) rows.insert(std::upper_bound(rows.begin(), rows.end(), row, [&](RowIndex a, RowIndex b) { return order[a] < order[b]; }), row);
    return rows;
}

std::vector<RowIndex> members_of(const Records& records, RowIndex group) {
    const auto members = records.children(so::group_member, group_member_field::group, {so::group, group});
    return {members.begin(), members.end()};
}

bool is_queue(const Records& records, RecordRef group) { return records.value_text(group, group_field::type) == "Queue"; }

bool can_be_assigned(const Records& records, RecordRef assignee) {
    if (!assignee || !records.table(assignee.object).is_live(assignee.row)) return false;
    if (assignee.object == so::user) return is_flagged(records, so::user, user_field::is_active, assignee.row);
    if (is_queue(records, assignee)) return true;
    return std::ranges::any_of(members_of(records, assignee.row), [&](RowIndex member) { return is_working(records, member); });
}

Result<RoutingPlan> plan_routing(const Records& records, const std::vector<RowIndex>& leads, const QueryContext& context) {
    std::vector<Entry> entries;
    std::vector<std::unique_ptr<Turns>> groups;
    for (const RowIndex row : entries_in_order(records)) {
        if (!is_flagged(records, so::assignment_rule_entry, entry_field::is_active, row)) continue;
        const RecordRef record{so::assignment_rule_entry, row};
        Entry entry{row, reference(records, record, entry_field::assigned_to), nullptr};
        auto query = parse_criteria(records.text(record, entry_field::criteria), "Lead", records);
        if (!query) return fail(Error{ErrorCode::MalformedQuery, "error.route.criteria", {records.display_name(record)}, "AssignmentRuleEntry", "Criteria"});
        if (!can_be_assigned(records, entry.assignee)) continue;
        if (query->where) {
            OUTPOST_TRY(entry.filter, compile_filter(*query->where, so::lead, records, context));
        }
        if (entry.assignee.object == so::group && !is_queue(records, entry.assignee)) {
            for (const auto& known : groups)
                if (known->group == entry.assignee.row) entry.turns = known.get();
            if (!entry.turns) entry.turns = groups.emplace_back(std::make_unique<Turns>(turns_of(records, entry.assignee.row))).get();
        }
        entries.push_back(std::move(entry));
    }
    RoutingPlan plan;
    plan.leads.reserve(leads.size());
    for (const RowIndex lead : leads) {
        if (is_flagged(records, so::lead, lead_field::is_converted, lead)) continue;   // nobody's any more, and read-only
        RoutedLead routed{lead, no_row, {}};
        for (const Entry& entry : entries) {
            if (entry.filter && !entry.filter->matches(lead)) continue;
            routed.entry = entry.row;
            routed.owner = entry.turns ? reference(records, {so::group_member, entry.turns->take()}, group_member_field::member) : entry.assignee;
            break;
        }
        plan.leads.push_back(routed);
    }
    for (const auto& turns : groups)
        if (turns->last != no_row) plan.last_assigned.emplace_back(turns->group, turns->last);
    return plan;
}

Result<CommandOutcome> route_leads(Transaction& transaction, const RouteLeads& command, const QueryContext& context) {
    OUTPOST_TRY(const RoutingPlan plan, plan_routing(transaction.records(), command.rows, context));
    std::vector<RowIndex> rows;
    Column owners(ColumnKind::Ref);
    CommandOutcome outcome;
    for (const RoutedLead& routed : plan.leads) {
        if (routed.entry == no_row) continue;
        rows.push_back(routed.lead);
        owners.mutable_refs().push_back(routed.owner);
    }
    outcome.record_count = rows.size();
    OUTPOST_CHECK(transaction.patch(so::lead, system_field::owner, std::move(rows), std::move(owners)));
    transaction.allow_protected_fields(true);
    for (const auto& [group, member] : plan.last_assigned)
        OUTPOST_CHECK(transaction.update(so::group, {group}, {{group_field::last_assigned, RecordRef{so::group_member, member}}}));
    transaction.allow_protected_fields(false);
    return outcome;
}

Result<CommandOutcome> take_leads(Transaction& transaction, const TakeLeads& command) {
    const Records& records = transaction.records();
    const RecordRef me = transaction.context().user;
    for (const RowIndex row : command.rows) {
        if (!records.table(so::lead).is_live(row)) continue;  // the update says so
        const RecordRef owner = reference(records, {so::lead, row}, system_field::owner);
        OUTPOST_CHECK(check_may_take(records, row, me));
        if (!owner || owner.object != so::user) continue;
        const std::string lead = records.display_name({so::lead, row});
        if (owner == me) return fail(Error{ErrorCode::FieldIntegrity, "error.take.own", {lead}, "Lead", "OwnerId"});
        return fail(Error{ErrorCode::FieldIntegrity, "error.take.taken", {records.display_name(owner), lead}, "Lead", "OwnerId"});
    }
    OUTPOST_CHECK(transaction.update(so::lead, command.rows, {{system_field::owner, me}}));
    CommandOutcome outcome;
    outcome.record_count = command.rows.size();
    return outcome;
}

}  // namespace outpost
