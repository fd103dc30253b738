// Records for query tests: a seeded sales database written straight into the tables, with empty fields, accents,
// Chinese names and deleted rows among it. Called by: tests of queries, the board and their benchmark.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/objects/records.h"
#include "core/objects/standard.h"

namespace outpost::test {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15ull + 1) {}
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_ * 0x2545'F491'4F6C'DD1Dull >> 11;
    }
    std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(next() % count); }
    bool one_in(std::uint32_t count) { return below(count) == 0; }
    template <typename List>
    auto pick(const List& list) { return *(std::begin(list) + below(static_cast<std::uint32_t>(std::size(list)))); }

private:
    std::uint64_t state_;
};

inline RowIndex add_rows(Records& records, ObjectIndex object, std::uint32_t count) {
    return records.mutable_table(object).append_rows(RecordId::make(object, 7, records.table(object).row_count() + 1), count);
}

inline void set(Records& records, ObjectIndex object, RowIndex row, FieldIndex field, const Value& value) {
    records.mutable_table(object).mutable_column(field).set(row, value, records.schema().object(object).field(field));
}

inline Field& mutable_field(Records& records, ObjectIndex object, FieldIndex index) {
    return const_cast<Field&>(records.schema().object(object).field(index));
}

struct SalesSize {
    std::uint32_t users = 8, accounts = 80, opportunities = 600, tasks = 60;
};

// Names that differ by case and accents only are wanted: they are where text comparisons go wrong.
inline std::string some_name(Dice& dice) {
    static constexpr std::string_view first[] = {"Global", "Élan", "élan", "ELAN", "Łódź", "Nordic", "nordic", "北京", "Straße", "Über", "O'Brien", "50%", "a_b"};
    static constexpr std::string_view second[] = {"Foods", "Systems", "FOODS", "科技", "Müller", "muller", "GmbH", "K.K.", "S.A.", "\\", "renewal 2025"};
    std::string name(dice.pick(first));
    if (!dice.one_in(4)) name += std::string(dice.one_in(6) ? "" : " ") + std::string(dice.pick(second));
    if (dice.one_in(2)) name += " – #" + std::to_string(dice.below(40));
    return name;
}

inline Records make_sales_records(std::uint64_t seed, SalesSize size = {}) {
    using namespace standard_object;
    Records records;
    Dice dice(seed);
    add_rows(records, user, size.users);
    for (RowIndex row = 0; row < size.users; ++row) {
        set(records, user, row, system_field::name, "User " + std::string(1, static_cast<char>('A' + row % 26)) + std::to_string(row / 26));
        if (row > 0) set(records, user, row, user_field::manager, RecordRef{user, dice.below(row)});
    }
    add_rows(records, account, size.accounts);
    for (RowIndex row = 0; row < size.accounts; ++row) {
        set(records, account, row, system_field::name, some_name(dice));
        if (!dice.one_in(5)) set(records, account, row, system_field::owner, RecordRef{user, dice.below(size.users)});
        if (row > 0 && dice.one_in(3)) set(records, account, row, account_field::parent, RecordRef{account, dice.below(row)});
        if (dice.one_in(2)) set(records, account, row, account_field::annual_revenue, Decimal{dice.below(5'000'000), records.schema().object(account).field(account_field::annual_revenue).scale});
        if (dice.one_in(2)) set(records, account, row, account_field::billing_city, std::string(dice.one_in(2) ? "Łódź" : "Oslo"));
        if (dice.one_in(12)) records.mutable_table(account).set_state(row, RowState::Deleted);
    }
    const Object& definition = records.schema().object(opportunity);
    const Field& stage = definition.field(opportunity_field::stage);
    add_rows(records, opportunity, size.opportunities);
    for (RowIndex row = 0; row < size.opportunities; ++row) {
        set(records, opportunity, row, system_field::name, some_name(dice));
        if (!dice.one_in(6)) set(records, opportunity, row, opportunity_field::account, RecordRef{account, dice.below(size.accounts)});
        if (!dice.one_in(9)) set(records, opportunity, row, system_field::owner, RecordRef{user, dice.below(size.users)});
        if (!dice.one_in(10)) set(records, opportunity, row, opportunity_field::stage, stage.values[dice.below(static_cast<std::uint32_t>(stage.values.size()))].value);
        if (!dice.one_in(8)) set(records, opportunity, row, opportunity_field::amount, Decimal{static_cast<std::int64_t>(dice.below(200'000)) - 20'000, definition.field(opportunity_field::amount).scale});
        if (!dice.one_in(7)) set(records, opportunity, row, opportunity_field::expected_revenue, Decimal{dice.below(900'000), definition.field(opportunity_field::expected_revenue).scale});
        if (!dice.one_in(9)) set(records, opportunity, row, opportunity_field::close_date, DateValue{20'000 + static_cast<Days>(dice.below(900))});
        if (!dice.one_in(3)) set(records, opportunity, row, opportunity_field::next_step, some_name(dice));
        set(records, opportunity, row, opportunity_field::is_closed, dice.one_in(3));
        if (!dice.one_in(20)) set(records, opportunity, row, system_field::created_date, InstantValue{(19'900 + Milliseconds{dice.below(800)}) * milliseconds_per_day + dice.below(86'400'000)});
        if (dice.one_in(15)) records.mutable_table(opportunity).set_state(row, dice.one_in(4) ? RowState::Absent : RowState::Deleted);
    }
    add_rows(records, task, size.tasks);
    for (RowIndex row = 0; row < size.tasks; ++row) {
        set(records, task, row, task_field::subject, "Call " + some_name(dice));
        if (dice.one_in(3)) set(records, task, row, task_field::what, RecordRef{account, dice.below(size.accounts)});
        else if (dice.one_in(2)) set(records, task, row, task_field::what, RecordRef{opportunity, dice.below(size.opportunities)});
    }
    return records;
}

}  // namespace outpost::test
