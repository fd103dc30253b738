// Decimal: an exact decimal number, units / 10^scale. Money, percents and numbers are never doubles.
// Called by: objects (Number, Currency, Percent columns), query (sums), transfer (number styles).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outpost {

struct Decimal {
    std::int64_t units = 0;
    std::uint8_t scale = 0;  // decimal places, 0-18
    bool operator==(const Decimal& other) const;  // by value: 1.50 == 1.5
};

enum class Rounding { Refuse, HalfUp };  // HalfUp: halves away from zero

// "1234.5", "-0.07", "1e3", "+12". No separators or symbols. nullopt: not a number or over 18 digits.
std::optional<Decimal> parse_decimal(std::string_view text);
// The same value at another scale; nullopt on overflow, or (Refuse) if digits would be lost.
std::optional<Decimal> rescale(Decimal value, std::uint8_t scale, Rounding rounding);
std::string to_text(Decimal value);                      // plain: "1234.50" at scale 2
std::string to_text_trimmed(Decimal value);              // without trailing zeros: "1234.5"
double to_double(Decimal value);
int compare(Decimal a, Decimal b);                       // -1, 0, 1; exact
std::int64_t power_of_ten(std::uint8_t exponent);        // 0..18

// Decimal places of a currency's minor unit by ISO 4217 (USD 2, JPY 0, KWD 3); 2 when the code is unknown.
std::uint8_t currency_scale(std::string_view iso_code);
bool is_known_currency(std::string_view iso_code);
// Whether a sign or code ("$", "EUR") may stand for the currency: a dollar sign for any dollar or peso, ¥ for yen and yuan.
bool can_mean_currency(std::string_view sign, std::string_view iso_code);

}  // namespace outpost
