// Random queries over random records, held against a naive evaluation value by value; and the board against SOQL.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/messages.h"
#include "core/pipeline/board.h"
#include "core/query/filter.h"
#include "core/query/fold.h"
#include "core/query/json_cells.h"
#include "core/query/query.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;

namespace {

QueryContext context_now() {
    QueryContext context;
    context.now = Milliseconds{20'450} * milliseconds_per_day + 36'000'000;
    context.utc_offset_minutes = 120;
    context.fiscal_start_month = 4;
    context.user = {standard_object::user, 0};
    return context;
}

// The value at a path, one record after the other.
Value naive_value(const Records& records, const FieldPath& path, RecordRef at) {
    for (const FieldIndex lookup : path.lookups) {
        const Value next = records.value(at, lookup);
        const auto* ref = std::get_if<RecordRef>(&next);
        if (ref == nullptr) return {};
        at = *ref;
    }
    return records.value(at, path.field);
}

bool naive_like(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '%') return naive_like(text, pattern.substr(1)) || (!text.empty() && naive_like(text.substr(1), pattern));
    if (text.empty()) return false;
    if (pattern[0] == '_') {
        std::size_t length = 1;
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
        return naive_like(text.substr(length), pattern.substr(1));
    }
    if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
    return text[0] == pattern[0] && naive_like(text.substr(1), pattern.substr(1));
}

bool naive_compare(const Value& value, const Literal& literal, Comparison comparison) {
    if (is_null(literal.value)) return comparison == Comparison::Equal ? is_null(value) : comparison == Comparison::NotEqual && !is_null(value);
    if (is_null(value)) return comparison == Comparison::NotEqual;
    int order = 0;
    if (const auto* text = std::get_if<std::string>(&value)) {
        const std::string& other = std::get<std::string>(literal.value);
        if (comparison == Comparison::Like) return naive_like(fold_case(*text), fold_case(other));
        order = fold_search(*text).compare(fold_search(other));
        if (order == 0) order = fold_case(*text).compare(fold_case(other));
    } else if (const auto* number = std::get_if<Decimal>(&value)) {
        order = compare(*number, std::get<Decimal>(literal.value));
    } else if (const auto* day = std::get_if<DateValue>(&value)) {
        order = day->days - std::get<DateValue>(literal.value).days;
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        order = *flag == std::get<bool>(literal.value) ? 0 : 1;
    }
    switch (comparison) {
        case Comparison::Equal: return order == 0;
        case Comparison::NotEqual: return order != 0;
        case Comparison::Less: return order < 0;
        case Comparison::LessEqual: return order <= 0;
        case Comparison::Greater: return order > 0;
        case Comparison::GreaterEqual: return order >= 0;
        default: return false;
    }
}

bool naive_matches(const Records& records, const Condition& condition, RecordRef at) {
    const auto child = [&](const Condition& own) { return naive_matches(records, own, at); };
    switch (condition.kind) {
        case Condition::Kind::And: return std::all_of(condition.children.begin(), condition.children.end(), child);
        case Condition::Kind::Or: return std::any_of(condition.children.begin(), condition.children.end(), child);
        case Condition::Kind::Not: return !child(condition.children[0]);
        case Condition::Kind::TextContains:
            return std::any_of(condition.paths.begin(), condition.paths.end(), [&](const FieldPath& path) {
                const Value value = naive_value(records, path, at);
                const auto* text = std::get_if<std::string>(&value);
                // Accents that were typed are meant.
                const FoldMode mode = has_accents(condition.needle) ? FoldMode::Case : FoldMode::Search;
                return text != nullptr && fold_text(mode, *text).find(fold_text(mode, condition.needle)) != std::string::npos;
            });
        case Condition::Kind::Compare: break;
    }
    const Value value = naive_value(records, condition.term.path, at);
    if (condition.comparison == Comparison::In || condition.comparison == Comparison::NotIn) {
        const bool in = std::any_of(condition.literals.begin(), condition.literals.end(), [&](const Literal& literal) { return naive_compare(value, literal, Comparison::Equal); });
        return in == (condition.comparison == Comparison::In);
    }
    return naive_compare(value, condition.literals[0], condition.comparison);
}

struct Maker {
    Dice& dice;

    std::string text_literal() {
        static constexpr const char* words[] = {"élan", "ÉLAN", "elan", "nordic", "o\\'brien", "北", "科技", "müller", "straße", "STRASSE", "50\\\\%", "a\\\\_b", "über", "\\\\\\\\"};
        return dice.pick(words);
    }
    std::string pattern() {
        static constexpr const char* patterns[] = {"%élan%", "%ELAN%", "nordic%", "%gmbh", "%– #1%", "_lan%", "%o_d%", "%50\\\\%%", "%a\\\\_b%", "%科_", "% %#3_", "%", "%ss%", "%ŁÓ%", "global foods – #7", "%m_ller%#%", "%f%s%", "\\\\\\\\%"};
        return dice.pick(patterns);
    }
    std::string comparison() {
        static constexpr const char* signs[] = {"=", "!=", "<", "<=", ">", ">="};
        return dice.pick(signs);
    }
    std::string plain() {
        static constexpr const char* names[] = {"Name", "Account.Name", "Account.Parent.Name", "NextStep", "Owner.Name", "Account.Owner.Name", "Account.BillingCity"};
        static constexpr const char* numbers[] = {"Amount", "Account.AnnualRevenue", "Account.Parent.AnnualRevenue"};
        static constexpr const char* ids[] = {"Id", "AccountId", "Account.Id", "Account.Parent.Id", "Owner.Id"};
        static constexpr const char* nulls[] = {" = NULL", " != NULL", " IN (NULL)", " NOT IN (NULL)"};
        static constexpr const char* stages[] = {"'Prospecting'", "'Closed Won'", "'closed lost'", "'Nothing'", "NULL"};
        switch (dice.below(9)) {
            case 0: return std::string(dice.pick(names)) + " LIKE '" + pattern() + "'";
            case 1: return std::string(dice.pick(names)) + " " + comparison() + " '" + text_literal() + "'";
            case 2: return std::string(dice.pick(numbers)) + " " + comparison() + " " + std::to_string(static_cast<int>(dice.below(2'000)) - 200) + (dice.one_in(2) ? ".505" : "");
            case 3: return std::string("StageName ") + (dice.one_in(2) ? "IN" : "NOT IN") + " (" + dice.pick(stages) + ", " + dice.pick(stages) + ")";
            case 4: return "CloseDate " + comparison() + " " + days_to_text(20'000 + static_cast<Days>(dice.below(900)));
            case 5: return std::string(dice.one_in(3) ? dice.pick(ids) : dice.pick(names)) + dice.pick(nulls);
            case 6: return std::string(dice.pick(numbers)) + (dice.one_in(2) ? " IN (" : " NOT IN (") + "10, NULL, 25.5, 700, 12, " + std::to_string(dice.below(2000)) + ")";
            case 7: return std::string("IsClosed ") + (dice.one_in(2) ? "=" : "!=") + (dice.one_in(2) ? " TRUE" : " FALSE");
            default: return std::string("CloseDate ") + (dice.one_in(2) ? "= NULL" : "!= NULL");
        }
    }
    std::string condition(int depth) {
        if (depth == 0 || dice.one_in(3)) return plain();
        if (dice.one_in(5)) return "(NOT " + condition(depth - 1) + ")";
        const char* word = dice.one_in(2) ? " AND " : " OR ";
        std::string text = "(" + condition(depth - 1);
        for (std::uint32_t more = 1 + dice.below(2); more > 0; --more) text += word + condition(depth - 1);
        return text + ")";
    }
};

// Rows that a query may see, in row order.
std::vector<RowIndex> visible_rows(const Records& records) {
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < records.table(standard_object::opportunity).row_count(); ++row) {
        if (records.table(standard_object::opportunity).is_live(row)) rows.push_back(row);
    }
    return rows;
}

// -1, 0, 1 as ORDER BY has it for one term; nulls not decided here.
int naive_order(const Records& records, const OrderTerm& order, RowIndex a, RowIndex b) {
    const RecordRef left{standard_object::opportunity, a}, right{standard_object::opportunity, b};
    const Value x = naive_value(records, order.term.path, left), y = naive_value(records, order.term.path, right);
    if (is_null(x) || is_null(y)) {
        if (is_null(x) && is_null(y)) return 0;
        return is_null(x) != order.nulls_last ? -1 : 1;
    }
    int result = 0;
    if (const auto* number = std::get_if<Decimal>(&x)) result = compare(*number, std::get<Decimal>(y));
    if (const auto* day = std::get_if<DateValue>(&x)) result = day->days < std::get<DateValue>(y).days ? -1 : day->days > std::get<DateValue>(y).days;
    if (const auto* text = std::get_if<std::string>(&x)) {
        const Field& field = records.schema().object(standard_object::opportunity).field(order.term.path.field);
        const bool picklist = order.term.path.lookups.empty() && field.is_picklist();
        if (picklist) {
            const auto place = [&](const std::string& value) { return field.values[field.find_code(value) - 1u].position; };
            result = place(*text) - place(std::get<std::string>(y));
        } else {
            result = compare_text(*text, std::get<std::string>(y));
        }
    }
    return order.descending ? -result : result;
}

}  // namespace

TEST_CASE("query property: filters equal a naive evaluation") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Records records = make_sales_records(seed);
        Dice dice(seed + 100);
        Maker maker{dice};
        for (int round = 0; round < 120; ++round) {
            const std::string soql = "SELECT Id FROM Opportunity WHERE " + maker.condition(3);
            INFO("seed " << seed << ": " << soql);
            const Result<Query> query = parse_soql(soql, records);
            INFO((query ? std::string() : Messages(Language::English).error(query.error())));
            REQUIRE(query.has_value());
            std::vector<RowIndex> expected;
            for (const RowIndex row : visible_rows(records)) {
                if (naive_matches(records, *query->where, {standard_object::opportunity, row})) expected.push_back(row);
            }
            const Result<RowSelection> selection = select_rows(*query, records, context_now());
            REQUIRE(selection.has_value());
            CHECK(selection->rows == expected);
            CHECK(*run_count(*query, records, context_now()) == expected.size());
        }
    }
}

TEST_CASE("query property: text search equals a naive search, also after edits") {
    Records records = make_sales_records(77);
    Dice dice(5);
    static constexpr const char* needles[] = {"elan", "nordic foods", "科技", "lodz", "strasse", "k.k.", "#1", "o'brien", "%", "u", "zzz", "– #", "7", "é", "ds", "er 2"};
    // Some letters of a name, one in particular, as it is typed.
    const auto some_piece = [&] {
        const std::string name = fold_text(dice.one_in(2) ? FoldMode::Search : FoldMode::Case, some_name(dice));
        std::string piece = name.substr(dice.below(static_cast<std::uint32_t>(name.size())), 1 + dice.below(dice.one_in(3) ? 1 : 8));
        while (!piece.empty() && (static_cast<unsigned char>(piece.front()) & 0xC0) == 0x80) piece.erase(0, 1);
        while (!piece.empty() && static_cast<unsigned char>(piece.back()) >= 0x80) piece.pop_back();
        return piece.empty() ? std::string("o") : piece;
    };
    for (int round = 0; round < 240; ++round) {
        const RowIndex edited = dice.below(600);
        set(records, standard_object::opportunity, edited, system_field::name, some_name(dice));
        if (dice.one_in(4)) set(records, standard_object::account, dice.below(80), system_field::name, some_name(dice));
        Query query;
        query.object = standard_object::opportunity;
        query.where.emplace();
        query.where->kind = Condition::Kind::TextContains;
        query.where->needle = dice.one_in(3) ? std::string(dice.pick(needles)) : some_piece();
        for (const char* text : {"Name", "Account.Name", "NextStep"}) query.where->paths.emplace_back().text = text;
        OrderTerm order;
        order.term.path.text = "Name";
        query.order_by.push_back(order);
        REQUIRE(bind(query, records).has_value());
        std::vector<RowIndex> expected;
        for (const RowIndex row : visible_rows(records)) {
            if (naive_matches(records, *query.where, {standard_object::opportunity, row})) expected.push_back(row);
        }
        std::stable_sort(expected.begin(), expected.end(), [&](RowIndex a, RowIndex b) { return naive_order(records, query.order_by[0], a, b) < 0; });
        INFO(query.where->needle);
        CHECK(select_rows(query, records, context_now())->rows == expected);
    }
}

TEST_CASE("query property: order, limit and offset equal a stable sort") {
    static constexpr const char* terms[] = {"Name", "Amount", "CloseDate", "StageName", "Account.Name", "Owner.Name", "Account.Parent.AnnualRevenue", "NextStep"};
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        // Both below and above the size from which radix sorting is used.
        const Records records = make_sales_records(seed, {.opportunities = seed == 3 ? 5'000u : 900u});
        Dice dice(seed);
        for (int round = 0; round < 40; ++round) {
            std::string soql = "SELECT Id FROM Opportunity WHERE Amount != NULL OR IsClosed = TRUE ORDER BY ";
            for (std::uint32_t i = 1 + dice.below(3); i > 0; --i) {
                soql += std::string(dice.pick(terms)) + (dice.one_in(2) ? " DESC" : " ASC") + (dice.one_in(2) ? " NULLS LAST" : "") + (i > 1 ? ", " : "");
            }
            const std::uint32_t limit = dice.one_in(3) ? 100'000 : dice.below(400), offset = dice.one_in(2) ? 0 : dice.below(50);
            soql += " LIMIT " + std::to_string(limit) + " OFFSET " + std::to_string(offset);
            INFO(soql);
            const Result<Query> query = parse_soql(soql, records);
            REQUIRE(query.has_value());
            std::vector<RowIndex> expected;
            for (const RowIndex row : visible_rows(records)) {
                if (naive_matches(records, *query->where, {standard_object::opportunity, row})) expected.push_back(row);
            }
            const std::size_t total = expected.size();
            std::stable_sort(expected.begin(), expected.end(), [&](RowIndex a, RowIndex b) {
                for (const OrderTerm& order : query->order_by) {
                    const int compared = naive_order(records, order, a, b);
                    if (compared != 0) return compared < 0;
                }
                return false;
            });
            expected.erase(expected.begin(), expected.begin() + std::min<std::ptrdiff_t>(offset, static_cast<std::ptrdiff_t>(total)));
            if (expected.size() > limit) expected.resize(limit);
            const Result<RowSelection> selection = select_rows(*query, records, context_now());
            REQUIRE(selection.has_value());
            CHECK(selection->total == total);
            CHECK(selection->rows == expected);
        }
    }
}

TEST_CASE("query property: groups and sums equal a naive count") {
    static constexpr const char* groups[] = {"StageName", "Account.Name", "OwnerId", "CALENDAR_YEAR(CloseDate)", "CALENDAR_MONTH(CloseDate)", "FISCAL_QUARTER(CloseDate)", "IsClosed", "Name", "Amount", "CloseDate", "Account.Parent.Name", "DAY_ONLY(CreatedDate)", "Account.BillingCity", "Account.Parent.BillingCity", "Account.AnnualRevenue", "Account.OwnerId", "Account.Id", "Account.Parent.Owner.Name"};
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const Records records = make_sales_records(seed);
        Dice dice(seed + 9);
        for (int round = 0; round < 40; ++round) {
            std::string by;
            std::vector<std::string> chosen;
            for (std::uint32_t i = 1 + dice.below(3); i > 0; --i) {
                const std::string term = dice.pick(groups);
                if (std::find(chosen.begin(), chosen.end(), term) != chosen.end()) continue;
                chosen.push_back(term);
                by += (by.empty() ? "" : ", ") + term;
            }
            const std::string where = dice.one_in(2) ? " WHERE Amount > 300" : "";
            const std::string soql = "SELECT " + by + ", COUNT(Id) c, SUM(Amount) s, COUNT(NextStep) n, MIN(CloseDate) lo, MAX(Amount) hi, COUNT_DISTINCT(Account.Name) d FROM Opportunity" + where + " GROUP BY " + by;
            INFO(soql);
            const Result<Query> query = parse_soql(soql, records);
            INFO((query ? std::string() : Messages(Language::English).error(query.error())));
            REQUIRE(query.has_value());
            const Result<AggregateAnswer> answer = run_aggregate(*query, records, context_now());
            REQUIRE(answer.has_value());
            // Each group is asked for again on its own, over the rows themselves.
            std::set<std::string> keys;
            for (std::size_t group = 0; group < answer->size(); ++group) {
                std::string key;
                for (std::size_t at = 0; at < chosen.size(); ++at) append_json_value(key += ' ', answer->value(group, at), records);
                CHECK_MESSAGE(keys.insert(key).second, key);
            }
            std::uint32_t counted = 0;
            for (std::size_t group = 0; group < answer->size(); ++group) counted += static_cast<std::uint32_t>(std::get<Decimal>(answer->value(group, chosen.size())).units);
            std::uint32_t matching = 0;
            std::map<std::string, std::uint32_t> stages;
            std::int64_t sum = 0;
            for (const RowIndex at : visible_rows(records)) {
                const RecordRef ref{standard_object::opportunity, at};
                if (query->where && !naive_matches(records, *query->where, ref)) continue;
                ++matching;
                const Value amount = records.value(ref, opportunity_field::amount);
                if (const auto* number = std::get_if<Decimal>(&amount)) sum += number->units;
                const Value stage = records.value(ref, opportunity_field::stage);
                ++stages[is_null(stage) ? std::string() : std::get<std::string>(stage)];
            }
            CHECK(counted == matching);
            std::int64_t summed = 0;
            for (std::size_t group = 0; group < answer->size(); ++group) {
                const Value value = answer->value(group, chosen.size() + 1);
                if (const auto* part = std::get_if<Decimal>(&value)) summed += part->units;
            }
            CHECK(summed == sum);
            if (chosen.size() == 1 && chosen[0] == "StageName") {
                for (std::size_t group = 0; group < answer->size(); ++group) {
                    const Value value = answer->value(group, 0);
                    CHECK(std::get<Decimal>(answer->value(group, 1)).units == stages[is_null(value) ? std::string() : std::get<std::string>(value)]);
                }
                CHECK(answer->size() == stages.size());
            }
        }
    }
}

TEST_CASE("query property: HAVING on a grouped field finds the groups of the records that WHERE finds") {
    static constexpr const char* texts[] = {"Name", "NextStep", "StageName", "Account.Name", "Account.BillingCity", "Owner.Name"};
    for (std::uint64_t seed = 31; seed <= 33; ++seed) {
        const Records records = make_sales_records(seed);
        Dice dice(seed);
        Maker maker{dice};
        for (int round = 0; round < 60; ++round) {
            const std::string field = dice.pick(texts);
            const std::string condition = field + (dice.one_in(3) ? " LIKE '" + maker.pattern() + "'" : " " + maker.comparison() + " '" + maker.text_literal() + "'");
            const std::string select = "SELECT " + field + " k, COUNT(Id) n FROM Opportunity ", by = " GROUP BY " + field, order = " ORDER BY " + field;
            const Result<Query> having = parse_soql(select + by + " HAVING " + condition + order, records), where = parse_soql(select + "WHERE " + condition + by + order, records);
            REQUIRE_MESSAGE((having.has_value() && where.has_value()), condition);
            CHECK_MESSAGE(*run_to_json(*having, records, context_now()) == *run_to_json(*where, records, context_now()), condition);
        }
    }
}

// An index, where there is one, only says where to look: the answer is that of a look at every row.
TEST_CASE("query property: answers by an index equal a look at every row") {
    for (std::uint64_t seed = 21; seed <= 26; ++seed) {
        Records records = make_sales_records(seed);
        mutable_field(records, standard_object::opportunity, opportunity_field::next_step).external_id = true;
        Dice dice(seed);
        std::size_t found_by_index = 0;
        for (int round = 0; round < 60; ++round) {
            const std::string user(1, static_cast<char>('A' + dice.below(9)));
            const std::string account_id = to_text(records.id_of({standard_object::account, dice.below(80)}));
            const std::string own_id = to_text(records.id_of({standard_object::opportunity, dice.below(600)}));
            const std::string conditions[] = {
                "Owner.Name = 'user " + user + "0'", "Owner.Name IN ('User " + user + "0', 'User C0')", "AccountId = '" + account_id + "'",
                "Id = '" + own_id + "'", "Id IN ('" + own_id + "', '" + account_id + "')", "NextStep = 'GLOBAL – #" + std::to_string(dice.below(40)) + "'",
                "NextStep = 'Global'", "Owner.Name = NULL", "Account.Owner.Name = 'User " + user + "0'", "OwnerId = NULL",
            };
            std::string where = conditions[dice.below(std::size(conditions))];
            if (dice.one_in(2)) where += " AND Amount > 50";
            if (dice.one_in(4)) where = "(" + where + ") OR StageName = 'Prospecting'";
            const Result<Query> query = parse_soql("SELECT Id FROM Opportunity WHERE " + where, records);
            REQUIRE_MESSAGE(query.has_value(), where);
            const Result<FilterPointer> all = compile_filter(*query->where, query->object, records, context_now());
            std::vector<RowIndex> expected;
            const std::vector<std::uint8_t> matching = matching_bytes(**all, 600);
            for (RowIndex row = 0; row < 600; ++row)
                if (matching[row] && records.table(query->object).is_live(row)) expected.push_back(row);
            for (int ask = 0; ask < 3; ++ask) {   // the second question makes an index, the third one uses it
                CHECK_MESSAGE(select_rows(*query, records, context_now())->rows == expected, where);
                CHECK(*run_count(*query, records, context_now()) == expected.size());
            }
            const Result<FilterPointer> indexed = compile_query_filter(*query, records, context_now());
            found_by_index += (*indexed)->candidates() != nullptr;
            const RowIndex row = dice.below(600);
            if (dice.one_in(3)) set(records, standard_object::opportunity, row, system_field::owner, RecordRef{standard_object::user, dice.below(8)});
            if (dice.one_in(3)) records.mutable_table(standard_object::opportunity).set_state(row, dice.one_in(2) ? RowState::Live : RowState::Deleted);
            if (dice.one_in(3)) set(records, standard_object::opportunity, row, opportunity_field::next_step, std::string("gLoBaL"));
        }
        CHECK(found_by_index > 10);
    }
}

TEST_CASE("query property: ROLLUP totals equal the sums of what they total") {
    const Records records = make_sales_records(12);
    const Result<Query> query = parse_soql("SELECT StageName, OwnerId, COUNT(Id) c, SUM(Amount) s FROM Opportunity GROUP BY ROLLUP(StageName, OwnerId)", records);
    REQUIRE(query.has_value());
    const Result<AggregateAnswer> answer = run_aggregate(*query, records, context_now());
    REQUIRE(answer.has_value());
    std::int64_t count = 0, all = 0;
    for (std::size_t group = 0; group < answer->size(); ++group) (answer->subtotals[group] ? all : count) += std::get<Decimal>(answer->value(group, 2)).units;
    CHECK(all == 2 * count);  // once by stage, once in all
    CHECK(count == static_cast<std::int64_t>(visible_rows(records).size()));
}

TEST_CASE("board property: lanes equal the same query's totals") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Records records = make_sales_records(seed);
        const Result<Query> query = parse_soql("SELECT Id FROM Opportunity WHERE Amount != NULL ORDER BY CloseDate DESC", records);
        REQUIRE(query.has_value());
        const Result<Board> board = compute_board(*query, opportunity_field::stage, records, context_now());
        REQUIRE(board.has_value());
        const Result<Query> totals = parse_soql("SELECT StageName, COUNT(Id), SUM(Amount), SUM(ExpectedRevenue) FROM Opportunity WHERE Amount != NULL GROUP BY StageName", records);
        const Result<AggregateAnswer> answer = run_aggregate(*totals, records, context_now());
        REQUIRE(answer.has_value());
        const Field& stage = records.schema().object(standard_object::opportunity).field(opportunity_field::stage);
        std::uint32_t lanes_with_records = 0, records_in_lanes = 0;
        for (const BoardLane& lane : board->lanes) {
            records_in_lanes += lane.count;
            if (lane.count == 0) continue;
            ++lanes_with_records;
            const std::string name = lane.code == 0 ? "" : stage.values[lane.code - 1u].value;
            std::size_t group = 0;
            while (group < answer->size() && (is_null(answer->value(group, 0)) ? !name.empty() : std::get<std::string>(answer->value(group, 0)) != name)) ++group;
            REQUIRE(group < answer->size());
            CHECK(std::get<Decimal>(answer->value(group, 1)).units == lane.count);
            CHECK(std::get<Decimal>(answer->value(group, 2)) == lane.sum);
            if (!is_null(answer->value(group, 3))) CHECK(std::get<Decimal>(answer->value(group, 3)) == lane.weighted);
        }
        CHECK(lanes_with_records == answer->size());
        CHECK(records_in_lanes == select_rows(*query, records, context_now())->total);
    }
}
