#include "core/edit/record_checks.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/edit/line_items.h"
#include "core/edit/list_view_check.h"
#include "core/objects/equality_index.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/objects/standard_list_view.h"
#include "core/objects/standard_segment.h"
#include "core/objects/standard_values.h"
#include "core/query/criteria.h"

namespace outpost {

namespace {

namespace so = standard_object;

// Records that put one record into another: each is in it once.
struct Link {
    ObjectIndex object;
    FieldIndex into, member;
};
constexpr Link links[] = {{so::pricebook_entry, pricebook_entry_field::pricebook, pricebook_entry_field::product},
                          {so::segment_member, segment_member_field::segment, segment_member_field::member},
                          {so::group_member, group_member_field::group, group_member_field::member}};

void check_links(const Records& records, const Link& link, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    struct Ends {
        RecordRef into, member;
        bool operator==(const Ends&) const = default;
    };
    const Object& object = records.schema().object(link.object);
    const auto present = [&](RowIndex row) { return Ends{reference(records, {link.object, row}, link.into), reference(records, {link.object, row}, link.member)}; };
    const auto wanted = [&](std::size_t i) {
        Ends ends = rows.empty() ? Ends{} : present(rows[i]);
        for (const FieldColumn& column : columns) {
            if (column.field != link.into && column.field != link.member) continue;
            const Value value = column.values.get(column.values.size() == 1 ? 0 : static_cast<RowIndex>(i), object.field(column.field));
            const auto* target = std::get_if<RecordRef>(&value);
            (column.field == link.into ? ends.into : ends.member) = target ? *target : RecordRef{};
        }
        return ends;
    };
    EqualityIndex seen;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Ends ends = wanted(i);
        if (!ends.into || !ends.member || (!rows.empty() && ends == present(rows[i]))) continue;
        if (ends.into == ends.member) {
            sink(i, Error{ErrorCode::FieldIntegrity, "error.member_of_itself", {records.display_name(ends.into)}, object.name, object.field(link.member).name});
            continue;
        }
        const std::uint32_t hash = EqualityIndex::hash(std::to_string(ends.into.row) + " " + std::to_string(ends.member.row));
        bool is_twice = false;
        seen.each(hash, [&](RowIndex other) { is_twice = is_twice || wanted(other) == ends; });
        seen.add(hash, i);
        for (const RowIndex other : records.children(link.object, link.member, ends.member)) {
            const auto changed = std::ranges::lower_bound(rows, other);
            const bool changes = changed != rows.end() && *changed == other;
            is_twice = is_twice || (changes ? wanted(static_cast<std::size_t>(changed - rows.begin())) : present(other)) == ends;
        }
        if (is_twice)
            sink(i, Error{ErrorCode::DuplicateValue, "error.member_already", {records.display_name(ends.member), records.display_name(ends.into)}, object.name, object.field(link.member).name});
    }
}

const FieldColumn* given(const std::vector<FieldColumn>& columns, FieldIndex field) {
    const auto column = std::ranges::find(columns, field, &FieldColumn::field);
    return column == columns.end() ? nullptr : &*column;
}

// A queue whose leads wait stays a queue.
void check_queues(const Records& records, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const FieldColumn* types = given(columns, group_field::type);
    if (!types) return;
    const Object& object = records.schema().object(so::group);
    const std::uint16_t queue = object.field(group_field::type).find_code("Queue");
    for (RowIndex i = 0; i < rows.size(); ++i) {
        if (types->values.codes()[types->values.size() == 1 ? 0 : i] == queue) continue;
        if (const std::size_t held = records.children(so::lead, system_field::owner, {so::group, rows[i]}).size(); held > 0)
            sink(i, Error{ErrorCode::FieldIntegrity, "error.queue_not_empty", {records.display_name({so::group, rows[i]}), std::to_string(held)}, object.name, object.field(group_field::type).name});
    }
}

// The criteria of an entry that rests may have lost a field; one that works would stop all routing.
void check_activated(const Records& records, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const FieldColumn* active = given(columns, assignment_rule_entry_field::is_active);
    if (!active || given(columns, assignment_rule_entry_field::criteria)) return;
    const Object& object = records.schema().object(so::assignment_rule_entry);
    for (RowIndex i = 0; i < rows.size(); ++i) {
        if (active->values.flags()[active->values.size() == 1 ? 0 : i] == 0) continue;
        const auto query = parse_criteria(records.text({so::assignment_rule_entry, rows[i]}, assignment_rule_entry_field::criteria), "Lead", records);
        if (query) continue;
        Error error = query.error();
        error.object = object.name;
        error.field = object.field(assignment_rule_entry_field::criteria).name;
        sink(i, std::move(error));
    }
}

// A location is given by both of its numbers or not at all, as in Salesforce. The fault stands at the one that is missing.
void check_locations(const Records& records, ObjectIndex index, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const Object& object = records.schema().object(index);
    for (const FieldColumn& column : columns) {
        const Field& half = object.field(column.field);
        if (half.compound.empty() || half.type != FieldType::Number) continue;
        const auto other = std::ranges::find_if(object.fields, [&](const Field& one) { return one.compound == half.compound && one.index != half.index && !one.deleted; });
        if (other == object.fields.end()) continue;
        const FieldColumn* beside = given(columns, other->index);
        if (beside && beside < &column) continue;   // looked at with that one
        const auto present = [&](const Field& field, std::uint32_t i) { return rows.empty() ? Value() : records.value({index, rows[i]}, field.index); };
        const auto wanted = [&](const Field& field, const FieldColumn* from, std::uint32_t i) {
            return from ? from->values.get(from->values.size() == 1 ? 0 : i, field) : present(field, i);
        };
        for (std::uint32_t i = 0; i < count; ++i) {
            const Value own = wanted(half, &column, i), others = wanted(*other, beside, i);
            if (is_null(own) == is_null(others)) continue;
            if (own == present(half, i) && others == present(*other, i)) continue;
            sink(i, field_error(ErrorCode::RequiredFieldMissing, "error.location_half", object, is_null(own) ? half : *other));
        }
    }
}

// A duplicate rule compares something: what the standard rule knows, or fields; and of accounts nothing that only people
// have, for all of its comparisons must hold.
void check_duplicate_rules(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    namespace rule_field = duplicate_rule_field;
    const Object& object = records.schema().object(so::duplicate_rule);
    if (!rows.empty() && std::ranges::none_of(std::array{rule_field::applies_to, rule_field::comparisons, rule_field::compared_fields}, [&](FieldIndex field) { return given(columns, field); })) return;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto wanted = [&](FieldIndex field) {
            const FieldColumn* column = given(columns, field);
            const Value value = column ? column->values.get(column->values.size() == 1 ? 0 : i, object.field(field)) : rows.empty() ? Value() : records.value({so::duplicate_rule, rows[i]}, field);
            const auto* text = std::get_if<std::string>(&value);
            return text ? *text : std::string();
        };
        const std::string comparisons = wanted(rule_field::comparisons);
        if (comparisons.empty() && wanted(rule_field::compared_fields).empty()) sink(i, field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, object.field(rule_field::comparisons)));
        if (wanted(rule_field::applies_to) != "Accounts") continue;
        for (const std::string_view comparison : split(comparisons, ';'))
            if (standard_values::compares_people_only(comparison))
                sink(i, Error{ErrorCode::FieldIntegrity, "error.rule.people", {"label.value." + std::string(comparison)}, object.name, object.field(rule_field::comparisons).name});
    }
}

}  // namespace

void check_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    if (object == so::list_view) check_list_views(records, rows, count, columns, sink);
    if (object == so::group) check_queues(records, rows, columns, sink);
    if (object == so::assignment_rule_entry) check_activated(records, rows, columns, sink);
    if (object == so::duplicate_rule) check_duplicate_rules(records, rows, count, columns, sink);
    if (object == so::opportunity_line_item) check_lines(records, rows, count, columns, sink);
    check_locations(records, object, rows, count, columns, sink);
    for (const Link& link : links)
        if (link.object == object) check_links(records, link, rows, count, columns, sink);
}

std::optional<Error> linked_already(const Records& records, RecordRef record) {
    for (const Link& link : links) {
        if (link.object != record.object) continue;
        const RecordRef into = reference(records, record, link.into), member = reference(records, record, link.member);
        for (const RowIndex other : records.children(link.object, link.member, member)) {
            if (other == record.row || reference(records, {link.object, other}, link.into) != into) continue;
            const Object& object = records.schema().object(link.object);
            return Error{ErrorCode::DuplicateValue, "error.member_already", {records.display_name(member), records.display_name(into)}, object.name, object.field(link.member).name};
        }
    }
    return std::nullopt;
}

Result<std::vector<RowIndex>> each_link_once(const Records& records, ObjectIndex object, std::vector<RowIndex> rows, bool with_master) {
    const auto link = std::ranges::find(links, object, &Link::object);
    if (link == std::end(links)) return rows;
    const auto key = [&](RowIndex row, FieldIndex field) {
        const RecordRef end = reference(records, {object, row}, field);
        return std::uint64_t{number(end.object)} << 32 | end.row;
    };
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    std::vector<RowIndex> kept;
    for (const RowIndex row : rows) {
        auto fault = linked_already(records, {object, row});
        if (fault && !with_master) return fail(*std::move(fault));
        if (!fault && seen.emplace(key(row, link->into), key(row, link->member)).second) kept.push_back(row);
    }
    return kept;
}

Status first_fault_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::size_t count, const std::vector<FieldColumn>& columns) {
    Status fault;
    check_together(records, object, rows, static_cast<std::uint32_t>(count), columns, [&](RowIndex, Error error) {
        if (fault) fault = fail(std::move(error));
    });
    return fault;
}

}  // namespace outpost
