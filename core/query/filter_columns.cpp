#include "core/query/filter_columns.h"

#include <algorithm>
#include <limits>

#include "core/base/text.h"
#include "core/objects/field_text.h"

namespace outpost {

namespace {

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

bool is_null_literal(const Literal& literal) { return literal.date_literal == DateLiteral::None && is_null(literal.value); }
bool has_null(const std::vector<Literal>& literals) { return std::any_of(literals.begin(), literals.end(), is_null_literal); }

// A literal as the closed range of values that equal it. Empty (first > last) when no value of the column can.
struct Span {
    std::int64_t first = 1, last = 0;
    std::int64_t below = 0;  // the largest value under the literal
    std::int64_t above = 0;  // the smallest over it
};

Span span_of(const ComparisonTest& test, const Literal& literal, ValueKind kind, std::uint8_t scale) {
    if (literal.date_literal != DateLiteral::None) {
        const DayRange days = literal_range(literal.date_literal, literal.n, test.context);
        if (kind == ValueKind::Date) return {days.first, days.end - 1, days.first - 1, days.end};
        const Milliseconds first = start_of_day(days.first, test.context), end = start_of_day(days.end, test.context);
        return {first, end - 1, first - 1, end};
    }
    if (const auto* day = std::get_if<DateValue>(&literal.value)) return {day->days, day->days, std::int64_t{day->days} - 1, std::int64_t{day->days} + 1};
    if (const auto* instant = std::get_if<InstantValue>(&literal.value)) {
        return {instant->milliseconds, instant->milliseconds, instant->milliseconds - 1, instant->milliseconds + 1};
    }
    if (const auto* number = std::get_if<Decimal>(&literal.value)) {
        const ScaledFloor scaled = floor_at_scale(*number, scale);
        const std::int64_t above = scaled.floor == int64_max ? int64_max : scaled.floor + 1;
        if (!scaled.exact) return {1, 0, scaled.floor, above};
        return {scaled.floor, scaled.floor, scaled.floor - 1, above};
    }
    return {};
}

template <typename Make>
FilterPointer compare_span(const ComparisonTest& test, ValueKind kind, std::uint8_t scale, std::int64_t null, std::int64_t most, Make make) {
    const Condition& condition = test.condition;
    const auto one = [&](const Literal& literal) -> FilterPointer {
        if (is_null_literal(literal)) return make(null, null, false);
        const Span span = span_of(test, literal, kind, scale);
        return span.first <= span.last ? make(span.first, span.last, false) : make_constant(false);
    };
    const Literal& literal = condition.literals.front();
    const Span span = is_null_literal(literal) ? Span{} : span_of(test, literal, kind, scale);
    switch (condition.comparison) {
        case Comparison::Equal: return one(literal);
        case Comparison::NotEqual: return make_not(one(literal));
        case Comparison::Less: return make(null + 1, span.below, false);
        case Comparison::LessEqual: return make(null + 1, span.above - 1, false);
        case Comparison::Greater: return make(std::max(span.above, null + 1), most, false);
        case Comparison::GreaterEqual: return make(std::max(span.below + 1, null + 1), most, false);
        default: break;
    }
    std::vector<FilterPointer> any;
    for (const Literal& each : condition.literals) any.push_back(one(each));
    FilterPointer in = make_or(std::move(any));
    return condition.comparison == Comparison::NotIn ? make_not(std::move(in)) : std::move(in);
}

FilterPointer compare_numbers(const ComparisonTest& test, const Column& column, const Field& field) {
    const std::span<const std::int64_t> values = column.decimals();
    const Condition& condition = test.condition;
    const bool in = condition.comparison == Comparison::In || condition.comparison == Comparison::NotIn;
    if (in && condition.literals.size() > 4) {
        std::vector<std::int64_t> wanted;
        for (const Literal& literal : condition.literals) {
            if (is_null_literal(literal)) wanted.push_back(null_decimal);
            const Span span = span_of(test, literal, ValueKind::Number, field.scale);
            if (!is_null_literal(literal) && span.first <= span.last) wanted.push_back(span.first);
        }
        std::sort(wanted.begin(), wanted.end());
        FilterPointer filter = make_int64_set(values, std::move(wanted));
        return condition.comparison == Comparison::NotIn ? make_not(std::move(filter)) : std::move(filter);
    }
    return compare_span(test, ValueKind::Number, field.scale, null_decimal, int64_max,
                        [&](std::int64_t lo, std::int64_t hi, bool negate) { return make_int64_range(values, lo, hi, negate); });
}

FilterPointer compare_instants(const ComparisonTest& test, const Column& column) {
    return compare_span(test, ValueKind::DateTime, 0, null_instant, int64_max,
                        [&](std::int64_t lo, std::int64_t hi, bool negate) { return make_int64_range(column.instants(), lo, hi, negate); });
}

FilterPointer compare_days(const ComparisonTest& test, const Column& column) {
    static constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return compare_span(test, ValueKind::Date, 0, null_day, most, [&](std::int64_t lo, std::int64_t hi, bool negate) {
        const auto fit = [](std::int64_t day) { return static_cast<std::int32_t>(std::clamp<std::int64_t>(day, null_day, most)); };
        return make_day_range(column.days(), fit(lo), fit(hi), negate);
    });
}

// The answer of a test of whole numbers or days that a date function gives.
bool matches_number(const ComparisonTest& test, std::int64_t value, ValueKind kind) {
    const auto equals = [&](const Literal& literal) {
        if (is_null_literal(literal)) return false;
        const Span span = span_of(test, literal, kind, 0);
        return value >= span.first && value <= span.last;
    };
    const Condition& condition = test.condition;
    const Literal& literal = condition.literals.front();
    switch (condition.comparison) {
        case Comparison::Equal: return equals(literal);
        case Comparison::NotEqual: return !equals(literal);
        case Comparison::Less: return value <= span_of(test, literal, kind, 0).below;
        case Comparison::LessEqual: return value < span_of(test, literal, kind, 0).above;
        case Comparison::Greater: return value >= span_of(test, literal, kind, 0).above;
        case Comparison::GreaterEqual: return value > span_of(test, literal, kind, 0).below;
        case Comparison::NotIn: return std::none_of(condition.literals.begin(), condition.literals.end(), equals);
        default: return std::any_of(condition.literals.begin(), condition.literals.end(), equals);
    }
}

struct InstantFunctionTest {
    ComparisonTest test;
    std::span<const std::int64_t> instants;
    DateFunction function;
    bool is_local;
    ValueKind kind;
};

FilterPointer compare_date_function(const ComparisonTest& test, const Column& column) {
    const Term& term = test.condition.term;
    const ValueKind kind = term.date_function == DateFunction::DayOnly ? ValueKind::Date : ValueKind::Number;
    const int fiscal = test.context.fiscal_start_month;
    const bool on_null = null_answer(test);
    if (column.kind() == ColumnKind::Day) {
        std::int32_t first = std::numeric_limits<std::int32_t>::max(), last = null_day;
        for (const std::int32_t day : column.days()) {
            first = std::min(first, day == null_day ? std::numeric_limits<std::int32_t>::max() : day);
            last = std::max(last, day);
        }
        std::vector<std::uint8_t> wanted;
        for (std::int64_t day = first; day <= last; ++day) {
            wanted.push_back(matches_number(test, date_function_of(term.date_function, static_cast<Days>(day), fiscal), kind));
        }
        return make_day_table(column.days(), first, std::move(wanted), on_null);
    }
    if (column.kind() != ColumnKind::Instant) return make_constant(on_null);
    auto state = std::make_shared<InstantFunctionTest>(InstantFunctionTest{test, column.instants(), term.date_function, term.convert_timezone, kind});
    const RowTest row_test = [](const void* raw, RowIndex row) {
        const auto& own = *static_cast<const InstantFunctionTest*>(raw);
        if (own.instants[row] == null_instant) return null_answer(own.test);
        const int offset = own.is_local ? own.test.context.offset_minutes(own.instants[row]) : 0;
        return matches_number(own.test, date_function_of(own.function, own.instants[row], offset, own.test.context.fiscal_start_month), own.kind);
    };
    return make_row_test(std::move(state), row_test, on_null, 20);
}

FilterPointer compare_flags(const ComparisonTest& test, const Column& column, const Field& field, const Table& table) {
    const Condition& condition = test.condition;
    bool want_true = false, want_false = false;
    for (const Literal& literal : condition.literals) {
        if (const auto* flag = std::get_if<bool>(&literal.value)) (*flag ? want_true : want_false) = true;
    }
    if (condition.comparison == Comparison::NotEqual || condition.comparison == Comparison::NotIn) {
        want_true = !want_true;
        want_false = !want_false;
    }
    if (want_true == want_false) return make_constant(want_true);
    if (field.index == system_field::is_deleted) return make_states(table.states(), want_false, want_true);
    return column.kind() == ColumnKind::Flag ? make_flags(column.flags(), want_true) : make_constant(want_false);
}

// The test as one text matcher; negated comparisons as their positive form.
TextMatch text_match_of(const ComparisonTest& test) {
    const Condition& condition = test.condition;
    if (condition.kind == Condition::Kind::TextContains) {
        return TextMatch::contains(condition.needle, has_accents(condition.needle) ? FoldMode::Case : FoldMode::Search);
    }
    std::vector<std::string> values;
    for (const Literal& literal : condition.literals) {
        if (const auto* text = std::get_if<std::string>(&literal.value)) values.push_back(*text);
    }
    switch (condition.comparison) {
        case Comparison::Like: return TextMatch::like(values.empty() ? "" : values[0]);
        case Comparison::Less:
        case Comparison::LessEqual:
        case Comparison::Greater:
        case Comparison::GreaterEqual: return TextMatch::ordered(condition.comparison, values.empty() ? "" : values[0]);
        default: return values.size() == 1 ? TextMatch::equal(values[0]) : TextMatch::any_of(values);
    }
}

bool is_negated(Comparison comparison) { return comparison == Comparison::NotEqual || comparison == Comparison::NotIn || comparison == Comparison::Excludes; }

FilterPointer compare_codes(const ComparisonTest& test, const Column& column, const Field& field) {
    std::vector<std::uint8_t> wanted{null_answer(test)};
    const bool contains = test.condition.kind == Condition::Kind::TextContains, negated = !contains && is_negated(test.condition.comparison);
    const TextMatch match = text_match_of(test);
    const auto matches_text = [&](std::string_view text) { return match.matches(text, false) != negated; };
    for (const PicklistValue& value : field.values) {
        const std::string& label = value.label.empty() ? value.value : value.label;
        const bool matches = contains ? matches_text(value.value) || matches_text(label) : matches_text(test.condition.term.to_label ? label : value.value);
        wanted.push_back(matches);
    }
    return make_codes(column.codes(), std::move(wanted));
}

// Sets of values, any of which the text of a multi-select picklist must hold, or be.
class WantedSets {
public:
    explicit WantedSets(const Condition& condition)
        : whole_(condition.comparison != Comparison::Includes && condition.comparison != Comparison::Excludes), negated_(is_negated(condition.comparison)) {
        for (const Literal& literal : condition.literals) {
            const auto* text = std::get_if<std::string>(&literal.value);
            if (text != nullptr) add(wanted_.emplace_back(), *text);
        }
    }
    bool matches(std::string_view text) const {
        std::vector<std::string> values;
        add(values, text);
        const bool found = std::any_of(wanted_.begin(), wanted_.end(), [&](const std::vector<std::string>& set) {
            if (whole_ && set.size() != values.size()) return false;
            return std::all_of(set.begin(), set.end(), [&](const std::string& one) { return std::find(values.begin(), values.end(), one) != values.end(); });
        });
        return found != negated_;
    }

private:
    static void add(std::vector<std::string>& set, std::string_view text) {
        for (const std::string_view value : split(text, ';')) set.push_back(fold_case(trim(value)));
    }
    std::vector<std::vector<std::string>> wanted_;  // folded
    bool whole_;                                    // = and IN: exactly that set
    bool negated_;
};

struct MultiselectTest {
    const TextColumn* column;
    const Field* labelled;   // toLabel(): whose labels are compared; else null
    WantedSets sets;
    bool on_null;
};

FilterPointer compare_multiselect(const ComparisonTest& test, const Column& column, const Field& field) {
    const Condition& condition = test.condition;
    const bool on_null = null_answer(test);
    auto state = std::make_shared<MultiselectTest>(&column.texts(), condition.term.to_label ? &field : nullptr, WantedSets(condition), on_null);
    const RowTest row_test = [](const void* raw, RowIndex row) {
        const auto& own = *static_cast<const MultiselectTest*>(raw);
        const std::string_view text = own.column->get(row);
        if (text.empty()) return own.on_null;
        return own.labelled != nullptr ? own.sets.matches(labels_text(*own.labelled, text)) : own.sets.matches(text);
    };
    return make_row_test(std::move(state), row_test, on_null, 150);
}

// Auto-numbers too, as they are shown.
FilterPointer compare_texts(const ComparisonTest& test, const Field& field, ObjectIndex object) {
    constexpr RowIndex indexed_rows_min = 256;
    TextMatch match = text_match_of(test);
    const bool negated = test.condition.kind == Condition::Kind::Compare && is_negated(test.condition.comparison);
    const bool on_null = null_answer(test) != negated;
    const auto [column, revision] = searched_texts(test.records, object, field.index);
    TextIndex* index = nullptr;
    if (column->size() >= indexed_rows_min) {
        index = &text_index(test.records, object, field.index);
        // Equality is settled by a text's first letters; only searches within texts are worth making signatures for.
        if (match.searches_within()) index->refresh_signatures(*column, revision);
        if (!index->has_signatures(revision)) index = nullptr;
    }
    FilterPointer filter = make_text(*column, std::move(match), index, on_null);
    return negated ? make_not(std::move(filter)) : std::move(filter);
}

struct PlainTextTest {
    ComparisonTest test;
    ObjectIndex object;
    FieldIndex field;
};

// Anything else that is searched as it is shown.
FilterPointer compare_plain_text(const ComparisonTest& test, FieldIndex field, ObjectIndex object) {
    auto state = std::make_shared<PlainTextTest>(PlainTextTest{test, object, field});
    const RowTest row_test = [](const void* raw, RowIndex row) {
        const auto& own = *static_cast<const PlainTextTest*>(raw);
        const std::string text = own.test.records.value_text({own.object, row}, own.field);
        return text.empty() ? null_answer(own.test) : matches_text(own.test, text);
    };
    return make_row_test(std::move(state), row_test, null_answer(test), 200);
}

struct IdOrderTest {
    ComparisonTest test;
    ObjectIndex object;
    FieldIndex field;
    std::uint64_t wanted;
};

FilterPointer compare_id_order(const ComparisonTest& test, FieldIndex field, ObjectIndex object) {
    auto state = std::make_shared<IdOrderTest>(IdOrderTest{test, object, field, id_bits(test.condition.literals.front().value, test.records)});
    const RowTest row_test = [](const void* raw, RowIndex row) {
        const auto& own = *static_cast<const IdOrderTest*>(raw);
        RecordRef ref{own.object, row};
        if (own.field != system_field::id) {
            const Value value = own.test.records.value(ref, own.field);
            const auto* target = std::get_if<RecordRef>(&value);
            if (target == nullptr) return false;
            ref = *target;
        }
        const std::uint64_t bits = own.test.records.id_of(ref).bits;
        switch (own.test.condition.comparison) {
            case Comparison::Less: return bits < own.wanted;
            case Comparison::LessEqual: return bits <= own.wanted;
            case Comparison::Greater: return bits > own.wanted;
            default: return bits >= own.wanted;
        }
    };
    return make_row_test(std::move(state), row_test, false, 30);
}

FilterPointer compare_ids(const ComparisonTest& test, const Column& column, const Field& field, ObjectIndex object) {
    const Condition& condition = test.condition;
    if (condition.comparison == Comparison::Less || condition.comparison == Comparison::LessEqual || condition.comparison == Comparison::Greater ||
        condition.comparison == Comparison::GreaterEqual) {
        return compare_id_order(test, field.index, object);
    }
    RecordSet set = test.record_set;
    for (const Literal& literal : condition.literals) {
        const auto* ref = std::get_if<RecordRef>(&literal.value);
        const auto* text = std::get_if<std::string>(&literal.value);
        std::optional<RecordRef> record;
        if (ref != nullptr) record = *ref;
        if (text != nullptr) {
            if (const std::optional<RecordId> id = parse_record_id(*text)) record = test.records.find(*id);
        }
        if (record) set.add(*record, row_count(test.records, record->object));
    }
    const bool negated = is_negated(condition.comparison);
    const bool on_null = null_answer(test) != negated;
    FilterPointer filter;
    if (field.type == FieldType::Id) {
        filter = make_own_rows(set.rows_of(object, row_count(test.records, object)), on_null);
    } else if (column.kind() == ColumnKind::Row) {
        const ObjectIndex target = field.reference_to.empty() ? no_object : field.reference_to.front();
        filter = make_rows(column.rows(), set.rows_of(target, row_count(test.records, target)), on_null);
    } else if (column.kind() == ColumnKind::Ref) {
        std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>> wanted = std::move(set.objects);
        for (const ObjectIndex target : field.reference_to) {
            const bool there = std::any_of(wanted.begin(), wanted.end(), [&](const auto& entry) { return entry.first == target; });
            if (!there) wanted.emplace_back(target, std::vector<std::uint8_t>(row_count(test.records, target), 0));
        }
        filter = make_refs(column.refs(), std::move(wanted), on_null);
    } else {
        filter = make_constant(on_null);
    }
    return negated ? make_not(std::move(filter)) : std::move(filter);
}

}  // namespace

ScaledFloor floor_at_scale(Decimal value, std::uint8_t scale) {
    if (value.scale <= scale) {
        const __int128 units = static_cast<__int128>(value.units) * power_of_ten(static_cast<std::uint8_t>(scale - value.scale));
        if (units > int64_max) return {int64_max, false};
        if (units <= int64_min) return {int64_min, false};
        return {static_cast<std::int64_t>(units), true};
    }
    const std::int64_t divisor = power_of_ten(static_cast<std::uint8_t>(value.scale - scale));
    const std::int64_t quotient = value.units / divisor, remainder = value.units % divisor;
    return {remainder < 0 ? quotient - 1 : quotient, remainder == 0};
}

bool null_answer(const ComparisonTest& test) {
    const Condition& condition = test.condition;
    if (condition.kind == Condition::Kind::TextContains) return false;
    const bool null_wanted = has_null(condition.literals);
    switch (condition.comparison) {
        case Comparison::Equal:
        case Comparison::In: return null_wanted;
        case Comparison::NotEqual:
        case Comparison::NotIn:
        case Comparison::Excludes: return !null_wanted;
        default: return false;
    }
}

bool matches_text(const ComparisonTest& test, std::string_view text) {
    const bool negated = test.condition.kind == Condition::Kind::Compare && is_negated(test.condition.comparison);
    return text_match_of(test).matches(text, false) != negated;
}

bool matches_multiselect(const Condition& condition, std::string_view text) { return WantedSets(condition).matches(text); }

std::uint64_t id_bits(const Value& value, const Records& records) {
    if (const auto* ref = std::get_if<RecordRef>(&value)) return records.id_of(*ref).bits;
    const auto* text = std::get_if<std::string>(&value);
    const std::optional<RecordId> id = text != nullptr ? parse_record_id(*text) : std::nullopt;
    return id ? id->bits : 0;
}

Result<FilterPointer> compile_column(const ComparisonTest& test, FieldIndex field_index, ObjectIndex object) {
    const Object& owner = test.records.schema().object(object);
    if (!owner.has_field(field_index) || !test.records.has_table(object)) return make_constant(null_answer(test));
    const Field& field = owner.field(field_index);
    const Column& column = column_of(test.records, object, field_index);
    const ValueKind kind = value_kind(field);
    const bool is_text = column.kind() == ColumnKind::Text || (kind == ValueKind::AutoNumber && column.kind() == ColumnKind::Decimal);
    if (test.condition.kind == Condition::Kind::TextContains) {
        if (is_text) return compare_texts(test, field, object);
        if (column.kind() == ColumnKind::Code) return compare_codes(test, column, field);
        return compare_plain_text(test, field_index, object);
    }
    if (test.condition.term.date_function != DateFunction::None) return compare_date_function(test, column);
    if (test.condition.literals.empty() && !test.condition.subquery) return make_constant(false);
    switch (kind) {
        case ValueKind::Number: return column.kind() == ColumnKind::Decimal ? compare_numbers(test, column, field) : make_constant(null_answer(test));
        case ValueKind::Date: return column.kind() == ColumnKind::Day ? compare_days(test, column) : make_constant(null_answer(test));
        case ValueKind::DateTime: return column.kind() == ColumnKind::Instant ? compare_instants(test, column) : make_constant(null_answer(test));
        case ValueKind::Flag: return compare_flags(test, column, field, test.records.table(object));
        case ValueKind::Picklist: return column.kind() == ColumnKind::Code ? compare_codes(test, column, field) : make_constant(null_answer(test));
        case ValueKind::Multiselect:
            if (!compares_sets(test.condition.comparison) || column.kind() != ColumnKind::Text) break;
            return compare_multiselect(test, column, field);
        case ValueKind::Id: return compare_ids(test, column, field, object);
        default: break;
    }
    if (is_text) return compare_texts(test, field, object);
    return compare_plain_text(test, field_index, object);
}

}  // namespace outpost
