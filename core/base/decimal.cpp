#include "core/base/decimal.h"

#include <fast_float/fast_float.h>

#include "core/base/result.h"

namespace outpost {

namespace {

constexpr int digits_max = 18;

__extension__ using Wide = __int128;

constexpr std::int64_t powers[] = {1,
                                   10,
                                   100,
                                   1'000,
                                   10'000,
                                   100'000,
                                   1'000'000,
                                   10'000'000,
                                   100'000'000,
                                   1'000'000'000,
                                   10'000'000'000,
                                   100'000'000'000,
                                   1'000'000'000'000,
                                   10'000'000'000'000,
                                   100'000'000'000'000,
                                   1'000'000'000'000'000,
                                   10'000'000'000'000'000,
                                   100'000'000'000'000'000,
                                   1'000'000'000'000'000'000};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The exponent after "e", bounded so that it can't overflow; nullopt when it is malformed.
std::optional<int> parse_exponent(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text.empty()) return std::nullopt;
    int exponent = 0;
    for (char c : text) {
        if (!is_digit(c)) return std::nullopt;
        if (exponent < 1000) exponent = exponent * 10 + (c - '0');
    }
    return negative ? -exponent : exponent;
}

// Digits without leading zeros, as a number with `scale` decimals; trailing zeros give way when there are too many.
std::optional<Decimal> from_digits(std::string digits, int scale, bool negative) {
    const std::size_t first = digits.find_first_not_of('0');
    digits.erase(0, first == std::string::npos ? digits.size() : first);
    while (scale > 0 && (scale > digits_max || static_cast<int>(digits.size()) > digits_max)) {
        if (!digits.empty() && digits.back() != '0') return std::nullopt;
        if (!digits.empty()) digits.pop_back();
        --scale;
    }
    while (scale < 0 && !digits.empty()) {
        if (static_cast<int>(digits.size()) >= digits_max) return std::nullopt;
        digits += '0';
        ++scale;
    }
    if (static_cast<int>(digits.size()) > digits_max) return std::nullopt;
    std::int64_t units = 0;
    for (char c : digits) units = units * 10 + (c - '0');
    return Decimal{negative ? -units : units, static_cast<std::uint8_t>(scale < 0 ? 0 : scale)};
}

}  // namespace

std::int64_t power_of_ten(std::uint8_t exponent) {
    OUTPOST_ASSERT(exponent <= digits_max);
    return powers[exponent];
}

bool Decimal::operator==(const Decimal& other) const { return compare(*this, other) == 0; }

std::optional<Decimal> parse_decimal(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    std::int64_t units = 0;
    int digit_count = 0, significant = 0, scale = 0;
    bool point = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) {
            ++digit_count;
            if (units != 0 || c != '0') ++significant;
            if (significant <= digits_max) units = units * 10 + (c - '0');
            scale += point;
        } else if (c == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (digit_count == 0) return std::nullopt;
    if (i == text.size() && significant <= digits_max && scale <= digits_max)
        return Decimal{negative ? -units : units, static_cast<std::uint8_t>(scale)};
    // The rare rest: an exponent, or more digits than fit that may be zeros.
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
        const auto exponent = parse_exponent(text.substr(i + 1));
        if (!exponent) return std::nullopt;
        scale -= *exponent;
    }
    std::string digits;
    for (char c : text.substr(0, i))
        if (c != '.') digits += c;
    return from_digits(std::move(digits), scale, negative);
}

std::optional<Decimal> rescale(Decimal value, std::uint8_t scale, Rounding rounding) {
    if (scale > digits_max) return std::nullopt;
    if (scale >= value.scale) {
        std::int64_t units;
        if (__builtin_mul_overflow(value.units, powers[scale - value.scale], &units)) return std::nullopt;
        return Decimal{units, scale};
    }
    const std::int64_t divisor = powers[value.scale - scale];
    std::int64_t units = value.units / divisor;
    const std::int64_t rest = value.units % divisor;
    if (rest != 0) {
        if (rounding == Rounding::Refuse) return std::nullopt;
        const std::int64_t magnitude = rest < 0 ? -rest : rest;
        if (magnitude >= divisor - magnitude) units += value.units < 0 ? -1 : 1;
    }
    return Decimal{units, scale};
}

std::string to_text(Decimal value) {
    const bool negative = value.units < 0;
    std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(value.units) : static_cast<std::uint64_t>(value.units);
    char buffer[48];
    char* const end = buffer + sizeof buffer;
    char* out = end;
    int place = 0;
    do {
        *--out = static_cast<char>('0' + magnitude % 10);
        magnitude /= 10;
        if (++place == value.scale) *--out = '.';
    } while (magnitude != 0 || place <= value.scale);
    if (negative) *--out = '-';
    return {out, end};
}

std::string to_text_trimmed(Decimal value) {
    while (value.scale > 0 && value.units % 10 == 0) {
        value.units /= 10;
        --value.scale;
    }
    return to_text(value);
}

double to_double(Decimal value) {
    // Both are exact below 2^53: the quotient is the nearest double, as what the decimal's text gives.
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    double nearest = static_cast<double>(value.units) / static_cast<double>(powers[value.scale <= digits_max ? value.scale : digits_max]);
    if (value.units > -exact && value.units < exact) return nearest;
    const std::string text = to_text(value);
    fast_float::from_chars(text.data(), text.data() + text.size(), nearest);
    return nearest;
}

int compare(Decimal a, Decimal b) {
    if (a.scale == b.scale) return a.units < b.units ? -1 : a.units > b.units;
    const std::uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
    const Wide left = static_cast<Wide>(a.units) * powers[scale - a.scale];
    const Wide right = static_cast<Wide>(b.units) * powers[scale - b.scale];
    return left < right ? -1 : left > right;
}

}  // namespace outpost
