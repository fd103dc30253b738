// Query: what is asked of the records, as a tree; SOQL is its text form, list views and the board build it directly.
// One engine answers all of them over the typed columns.
// Invariant: a parsed or built query is bound to field numbers by bind() before it runs.
// Called by: workspace, ui (lists, board, related lists, search), shell.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/local_time.h"
#include "core/base/result.h"
#include "core/objects/records.h"

namespace outpost {

// A field reached from the query's object over lookups: Account.Owner.Name is {AccountId, OwnerId}, Name.
struct FieldPath {
    std::vector<FieldIndex> lookups;
    FieldIndex field = no_field;
    std::string text;                 // API names with dots, in their own case after bind(); what answers are keyed by
    bool operator==(const FieldPath&) const = default;
};
// In a path over a lookup to several objects (What.Type): the API name of the record's object.
inline constexpr FieldIndex object_name_field{0xFFFE};

enum class DateFunction : std::uint8_t {
    None, CalendarMonth, CalendarQuarter, CalendarYear, DayInMonth, DayInWeek, DayInYear, DayOnly, FiscalMonth,
    FiscalQuarter, FiscalYear, HourInDay, WeekInMonth, WeekInYear,
};
enum class AggregateFunction : std::uint8_t { None, Count, CountDistinct, Sum, Avg, Min, Max };

struct Query;

// A thing computed for a row or group: COUNT(), SUM(Amount), CALENDAR_MONTH(CloseDate), Account.Name, convertTimezone() ...
struct Term {
    AggregateFunction aggregate = AggregateFunction::None;
    DateFunction date_function = DateFunction::None;
    bool count_all = false;           // COUNT()
    bool grouping = false;            // GROUPING(StageName): 1 in rows that total over the field
    bool to_label = false;            // toLabel(): a picklist value's label
    bool format = false;              // FORMAT(): the value as plain text
    bool is_converted = false;        // convertCurrency(): the amount itself, as there is one currency
    bool convert_timezone = false;    // convertTimezone(): date functions count in local days, not UTC ones
    FieldPath path;
    std::string alias;                // "" none
    int alias_position = -1;          // of one without AS, which Salesforce gives to functions and totals alone
    int position = -1;                // offset in the SOQL text, for errors
};

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Like, In, NotIn, Includes, Excludes };

enum class DateLiteral : std::uint8_t {
    None, Yesterday, Today, Tomorrow, LastWeek, ThisWeek, NextWeek, LastMonth, ThisMonth, NextMonth, Last90Days, Next90Days,
    LastNDays, NextNDays, NDaysAgo, LastNWeeks, NextNWeeks, NWeeksAgo, LastNMonths, NextNMonths, NMonthsAgo,
    ThisQuarter, LastQuarter, NextQuarter, LastNQuarters, NextNQuarters, NQuartersAgo, ThisYear, LastYear, NextYear, LastNYears,
    NextNYears, NYearsAgo, ThisFiscalQuarter, LastFiscalQuarter, NextFiscalQuarter, LastNFiscalQuarters, NextNFiscalQuarters,
    NFiscalQuartersAgo, ThisFiscalYear, LastFiscalYear, NextFiscalYear, LastNFiscalYears, NextNFiscalYears, NFiscalYearsAgo,
};

struct Literal {
    Value value;                      // when date_literal is None
    DateLiteral date_literal = DateLiteral::None;
    int n = 0;                        // of LAST_N_DAYS:n
    std::string currency;             // of USD5000
    int position = -1;
};

struct Condition {
    enum class Kind : std::uint8_t { And, Or, Not, Compare, TextContains } kind = Kind::And;
    std::vector<Condition> children;             // And, Or, Not (one)
    Term term;                                   // Compare; in HAVING it may be an aggregate
    Comparison comparison = Comparison::Equal;
    std::vector<Literal> literals;               // one, or the list of IN/INCLUDES; of LIKE a pattern: % _ and \\ before a plain one
    std::shared_ptr<Query> subquery;             // semi-join: Id IN (SELECT AccountId FROM ...)
    // TextContains (our own; quick filters, search): any of these paths holds `needle`, case and accents folded.
    // A needle with accents must meet the same accents ("müller"); one without finds both ("muller").
    std::vector<FieldPath> paths;
    std::string needle;
};

struct OrderTerm {
    Term term;
    bool descending = false;
    bool nulls_last = false;          // SOQL's default is nulls first
};

// Of a field that TYPEOF selects: whose records it is given for. Those of `names`, or (ELSE) all that have no WHEN.
struct ForTypes {
    std::vector<std::string> names;      // API names
    bool others = false;                 // ELSE: all but `names`
    std::vector<ObjectIndex> objects;    // after bind()
    int position = -1;                   // of the WHEN's name in the SOQL text
};

struct SelectTerm {
    Term term;
    std::shared_ptr<Query> subquery;  // child subquery; its `from` is the relationship name
    std::optional<ForTypes> for_types;  // TYPEOF What WHEN Account THEN Phone: the path is What.Phone
};

struct Query {
    std::string from;                 // object's API name, or the child relationship's name in a subquery
    int from_position = -1;
    ObjectIndex object = no_object;   // after bind()
    FieldIndex child_lookup = no_field;  // subquery: the lookup in the child that points to the parent
    std::vector<SelectTerm> select;
    bool select_fields_all = false;      // FIELDS(ALL)
    bool select_fields_standard = false, select_fields_custom = false;
    std::optional<Condition> where;
    std::vector<Term> group_by;
    bool rollup = false, cube = false;
    std::optional<Condition> having;
    std::vector<OrderTerm> order_by;
    std::optional<std::uint32_t> limit;
    std::uint32_t offset = 0;
    bool all_rows = false;            // deleted records too
    bool scope_mine = false;          // USING SCOPE mine: only records that the context's user owns
};

// "now" and settings that an answer depends on.
struct QueryContext {
    Milliseconds now = 0;
    int utc_offset_minutes = 0;          // where `local_time` is null: at all times
    const LocalTime* local_time = nullptr;   // not owned
    int fiscal_start_month = 1;
    int first_weekday = 0;
    RecordRef user;

    int offset_minutes(Milliseconds instant) const { return local_time != nullptr ? local_time->offset_minutes(instant) : utc_offset_minutes; }
};

// Parses and binds SOQL. MALFORMED_QUERY (or INVALID_FIELD, INVALID_TYPE) with the character position and what was expected.
Result<Query> parse_soql(std::string_view text, const Records& records);
// Resolves names of a built query to numbers.
Status bind(Query& query, const Records& records);
// Finds a field path like "Account.Owner.Name" from an object.
Result<FieldPath> find_path(std::string_view text, ObjectIndex object, const Records& records);

// Rows that match, in order, after offset and limit; `total` counts all that match.
struct RowSelection {
    std::vector<RowIndex> rows;
    std::uint32_t total = 0;
};
Result<RowSelection> select_rows(const Query& query, const Records& records, const QueryContext& context);

// A select term's values, one a group: numbers of a count, a sum or an average, else words that groups may share.
struct AggregateColumn {
    std::string name;                   // alias, field name, or expr0, expr1 ...
    std::vector<Decimal> numbers;       // units null_decimal: none
    std::vector<Value> words;           // none of them null
    std::vector<std::uint32_t> codes;   // 0 null, else the group's word + 1; empty where there are numbers
    Value value(std::size_t group) const;
};
struct AggregateAnswer {
    std::vector<AggregateColumn> columns;
    std::vector<bool> subtotals;        // by group: whether it is one of ROLLUP or CUBE
    std::uint32_t total = 0;            // groups before offset and limit
    std::size_t size() const { return subtotals.size(); }
    Value value(std::size_t group, std::size_t column) const { return columns[column].value(group); }
};
bool is_aggregate(const Query& query);
bool is_count_only(const Query& query);   // SELECT COUNT(): the answer is a total without records
Result<std::uint32_t> run_count(const Query& query, const Records& records, const QueryContext& context);  // all that match
Result<AggregateAnswer> run_aggregate(const Query& query, const Records& records, const QueryContext& context);

// The whole answer in the scripting contract's JSON form, written straight to text: {totalSize, done, records: [...]}.
// Adds "totalMatched": all that match before LIMIT and OFFSET.
Result<std::string> run_to_json(const Query& query, const Records& records, const QueryContext& context);

}  // namespace outpost
