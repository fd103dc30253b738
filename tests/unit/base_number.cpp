#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "core/base/date.h"
#include "core/base/decimal.h"

using namespace outpost;

TEST_CASE("decimal: parse is exact and strict") {
    CHECK(parse_decimal("1234.5") == Decimal{12345, 1});
    CHECK(parse_decimal("-0.07") == Decimal{-7, 2});
    CHECK(parse_decimal("+12") == Decimal{12, 0});
    CHECK(parse_decimal("1e3") == Decimal{1000, 0});
    CHECK(parse_decimal("1.5e-3") == Decimal{15, 4});
    CHECK(parse_decimal(".5") == Decimal{5, 1});
    CHECK(parse_decimal("5.") == Decimal{5, 0});
    CHECK(parse_decimal("0.0000000000000000000000") == Decimal{0, 0});
    CHECK(parse_decimal("999999999999999999") == Decimal{999'999'999'999'999'999, 0});
    CHECK(parse_decimal("1.50000000000000000000000") == Decimal{15, 1});
    for (const char* bad : {"", "-", ".", "1.2.3", "1,000", "$5", "1e", "1e+", "e5", "0x10", "1 ", "1000000000000000000",
                            "0.1234567890123456789", "1e18", "1e999999999999", "NaN"})
        CHECK_MESSAGE(!parse_decimal(bad), bad);
    CHECK(parse_decimal("0e999999999999") == Decimal{0, 0});
}

TEST_CASE("decimal: rescale, text and order") {
    CHECK(rescale({12345, 2}, 1, Rounding::HalfUp) == Decimal{1235, 1});
    CHECK(rescale({-12345, 2}, 1, Rounding::HalfUp) == Decimal{-1235, 1});
    CHECK(rescale({12344, 2}, 1, Rounding::HalfUp) == Decimal{1234, 1});
    CHECK_FALSE(rescale({12345, 2}, 1, Rounding::Refuse));
    CHECK(rescale({12340, 2}, 1, Rounding::Refuse)->units == 1234);
    CHECK(rescale({5, 0}, 3, Rounding::Refuse)->units == 5000);
    CHECK_FALSE(rescale({std::numeric_limits<std::int64_t>::max() / 10, 0}, 2, Rounding::Refuse));
    CHECK(to_text(Decimal{123450, 2}) == "1234.50");
    CHECK(to_text(Decimal{-5, 3}) == "-0.005");
    CHECK(to_text(Decimal{0, 2}) == "0.00");
    CHECK(to_text(Decimal{7, 0}) == "7");
    CHECK(to_text(Decimal{std::numeric_limits<std::int64_t>::min(), 18}) == "-9.223372036854775808");
    CHECK(to_text_trimmed({123450, 2}) == "1234.5");
    CHECK(to_text_trimmed({1200, 2}) == "12");
    CHECK(compare({15, 1}, {150, 2}) == 0);
    CHECK(compare({std::numeric_limits<std::int64_t>::max(), 0}, {1, 18}) == 1);
    CHECK(compare({-1, 0}, {1, 5}) == -1);
    CHECK(to_double({12345, 2}) == 123.45);
    CHECK(to_double({86994266086956525, 12}) == 86994.266086956525);   // more digits than a double has
}

TEST_CASE("decimal: minor units by ISO 4217") {
    CHECK(currency_scale("USD") == 2);
    CHECK(currency_scale("JPY") == 0);
    CHECK(currency_scale("KWD") == 3);
    CHECK(currency_scale("CLF") == 4);
    CHECK(currency_scale("???") == 2);
    CHECK(is_known_currency("CNY"));
    CHECK_FALSE(is_known_currency("usd"));
    CHECK_FALSE(is_known_currency("SD "));
}

TEST_CASE("date: every day of four centuries goes there and back") {
    CHECK(to_days({1970, 1, 1}) == 0);
    CHECK(to_days({2000, 3, 1}) == 11'017);
    CivilDate expected{1800, 1, 1};
    for (Days day = to_days(expected); day < to_days({2200, 1, 1}); ++day) {
        REQUIRE(to_civil(day) == expected);
        if (++expected.day > days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                ++expected.year;
            }
        }
    }
    CHECK(to_civil(to_days({1, 1, 1})) == CivilDate{1, 1, 1});
    CHECK(to_civil(to_days({9999, 12, 31})) == CivilDate{9999, 12, 31});
}

TEST_CASE("date: text forms") {
    CHECK(days_to_text(to_days({2026, 11, 23})) == "2026-11-23");
    CHECK(parse_iso_date("2024-02-29") == to_days({2024, 2, 29}));
    for (const char* bad : {"2023-02-29", "2023-13-01", "2023-1-1", "2023-01-01x", "", "0000-01-01"})
        CHECK_MESSAGE(!parse_iso_date(bad), bad);
    const Milliseconds noon = parse_iso_instant("2026-11-23T12:00:00Z").value();
    CHECK(instant_to_text(noon) == "2026-11-23T12:00:00.000Z");
    CHECK(parse_iso_instant("2026-11-23T14:00:00+02:00") == noon);
    CHECK(parse_iso_instant("2026-11-23T12:00:00.000+0000") == noon);
    CHECK(parse_iso_instant("2026-11-23 04:00-08") == noon);
    CHECK(parse_iso_instant("2026-11-23T14:00", 120) == noon);
    CHECK(parse_iso_instant("2026-11-23T12:00:00.1234Z") == noon + 123);
    CHECK(parse_iso_instant("2026-11-23T12:00:00.5Z") == noon + 500);
    for (const char* bad : {"2026-11-23", "2026-11-23T24:00:00Z", "2026-11-23T12:60Z", "2026-11-23T12:00:00.Z", "2026-11-23T12:00Zz"})
        CHECK_MESSAGE(!parse_iso_instant(bad), bad);
    CHECK(instant_to_text(-1) == "1969-12-31T23:59:59.999Z");
    CHECK(day_of_instant(-1, 0) == -1);
    CHECK(day_of_instant(noon, 12 * 60) == to_days({2026, 11, 24}));
}

TEST_CASE("date: weeks, months and fiscal periods") {
    const Days day = to_days({2026, 11, 23});  // a Monday
    CHECK(weekday(day) == 1);
    CHECK(weekday(to_days({1969, 12, 28})) == 0);
    CHECK(add_months(to_days({2024, 1, 31}), 1) == to_days({2024, 2, 29}));
    CHECK(add_months(to_days({2024, 1, 31}), -2) == to_days({2023, 11, 30}));
    const auto check = [](DayRange range, CivilDate first, CivilDate end) {
        CHECK(range.first == to_days(first));
        CHECK(range.end == to_days(end));
    };
    check(period_range(Period::Week, day, 0, 0, 1), {2026, 11, 22}, {2026, 11, 29});
    check(period_range(Period::Week, day, -1, 1, 1), {2026, 11, 16}, {2026, 11, 23});
    check(period_range(Period::Month, day, 2, 0, 1), {2027, 1, 1}, {2027, 2, 1});
    check(period_range(Period::Quarter, day, 0, 0, 1), {2026, 10, 1}, {2027, 1, 1});
    check(period_range(Period::Year, day, -1, 0, 1), {2025, 1, 1}, {2026, 1, 1});
    check(period_range(Period::FiscalQuarter, day, 1, 0, 2), {2027, 2, 1}, {2027, 5, 1});
    check(period_range(Period::FiscalYear, day, 0, 0, 4), {2026, 4, 1}, {2027, 4, 1});
    CHECK(fiscal_year_of(day, 1) == 2026);
    CHECK(fiscal_year_of(day, 4) == 2027);
    CHECK(fiscal_quarter_of(day, 1) == 4);
    CHECK(fiscal_quarter_of(day, 2) == 4);
    CHECK(fiscal_quarter_of(to_days({2026, 1, 5}), 2) == 4);
    CHECK(iso_week_of(to_days({2021, 1, 3})) == 53);
    CHECK(iso_week_of(to_days({2026, 1, 1})) == 1);
    CHECK(iso_week_of(day) == 48);
    CHECK(day_of_year(to_days({2024, 12, 31})) == 366);
}
