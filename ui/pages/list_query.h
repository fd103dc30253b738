// List request: what a list page shows, as its address says it: text, owner, open or closed, values of fields, sorting.
// Turned into a Query, so that lists, "Show all" of related lists and links from other pages speak the same way:
//     #/o/Contact?q=li&owner=me&state=open&AccountId=001...&LeadSource=Web;Other&sort=-CreatedDate
//     #/o/Opportunity?state=all&CloseDate=2026-10-01..2026-12-31&OwnerId=none
//     #/o/Lead?where=Rating = 'Hot' OR AnnualRevenue > 1000000&group=Status
// Invariant: parse and write are inverse; parameters that name no field are left alone. Called by: list_page, its tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query.h"
#include "core/query/text_index.h"
#include "ui/page.h"

namespace outpost {

enum class ListState : std::uint8_t { All, Open, Closed };

struct FieldFilter {
    FieldIndex field = no_field;
    std::vector<std::string> values;         // picklist API values, a record's id text or "none", "true", "2026-10-01..2026-12-31"
    bool operator==(const FieldFilter&) const = default;
};

struct ListRequest {
    std::string text;
    bool mine = false;
    ListState state = ListState::All;
    std::vector<FieldFilter> fields;
    std::string where;                       // a SOQL condition
    std::string segment;                     // id text: only its members
    FieldIndex group = no_field;             // by which the rows stand together
    FieldIndex sort = no_field;
    bool descending = false;
    bool operator==(const ListRequest&) const = default;

    bool is_filtered() const { return !text.empty() || mine || state != ListState::All || !fields.empty() || !where.empty() || !segment.empty(); }
    const FieldFilter* find(FieldIndex field) const;
};

// Whether an object has open and closed records at all, and which of them its list begins with: a rep works on what is
// open, so leads, opportunities and tasks begin with those. Of events the open ones are those to come, the closed ones past.
bool has_states(const Object& object);
std::vector<FieldIndex> fields_for_groups(const Object& object);   // those of which gives_groups is true; what the object is about first
bool gives_groups(const Field& field);             // picklists, lookups, checkboxes, dates (by month)
ListState first_state(const Object& object);
std::string_view state_key(const Object& object, ListState state);   // of the message that names it
FieldIndex closed_field(const Object& object);     // IsClosed, or a lead's IsConverted; no_field: none

// "2026-10-01..2026-12-31", both days in it, or one day.
std::optional<DayRange> parse_day_range(std::string_view text);

ListRequest list_request_of(const Route& route, const Object& object, std::string_view default_sort);
// Puts the request into an address in place of what it said before.
void write_request(Route& route, const ListRequest& request, const Object& object);
std::string sort_text(const Object& object, FieldIndex field, bool descending);
// "-CreatedDate" to a field and direction; false when there is no such field.
bool parse_sort(const Object& object, std::string_view text, FieldIndex& field, bool& descending);

// The fields that a typed text is looked for in; names, by which lists are sorted, with their order.
std::vector<IndexedField> filtered_texts(const Object& object, const Records& records);

// The board of what a list shows: all that it asks for but whether records are open, which the lanes tell.
Route board_route(const ListRequest& request, const Object& object);
// Everything in it that a person may remember of a record: its texts and the names of what it points to.
Condition text_condition(const std::string& text, const Object& object, const Records& records);

// How groups by a field stand: by their picklist's values or by name; nothing where group_rows knows better (months).
std::optional<OrderTerm> group_order(const Field& group, const Records& records);

// Rows come by their group first, if there is one. A fault is one of the condition.
Result<Query> list_query(const ListRequest& request, const Object& object, const Records& records, RecordRef user);

}  // namespace outpost
