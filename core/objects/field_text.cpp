#include "core/objects/field_text.h"

#include <charconv>

#include "core/base/result.h"

namespace outpost {

namespace {

// A display format in its parts: what stands before and after the number, and its least digits.
struct NumberFormat {
    std::string_view before, after;
    std::size_t digits = 0;
};

NumberFormat read_format(std::string_view format) {
    const std::size_t open = format.find("{0");
    const std::size_t close = open == std::string_view::npos ? open : format.find('}', open);
    if (close == std::string_view::npos) return {format, {}, 0};
    return {format.substr(0, open), format.substr(close + 1), close - open - 1};
}

}  // namespace

bool is_display_format(std::string_view format) {
    const std::size_t open = format.find('{'), close = format.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open || format.find_first_of("{}", close + 1) != std::string_view::npos) return false;
    const std::string_view digits = format.substr(open + 1, close - open - 1);
    return !digits.empty() && digits.size() <= 10 && digits.find_first_not_of('0') == std::string_view::npos;
}

std::string auto_number_text(const Field& field, std::int64_t number) {
    const NumberFormat format = read_format(field.display_format);
    const std::string digits = std::to_string(number);
    std::string out(format.before);
    if (digits.size() < format.digits) out.append(format.digits - digits.size(), '0');
    out += digits;
    out += format.after;
    return out;
}

std::optional<std::int64_t> parse_auto_number(const Field& field, std::string_view text) {
    const NumberFormat format = read_format(field.display_format);
    if (text.size() <= format.before.size() + format.after.size()) return std::nullopt;
    if (!text.starts_with(format.before) || !text.ends_with(format.after)) return std::nullopt;
    text.remove_prefix(format.before.size());
    text.remove_suffix(format.after.size());
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::int64_t units_at_scale(const Value& value, std::uint8_t scale) {
    const Decimal& decimal = std::get<Decimal>(value);
    if (decimal.scale == scale) return decimal.units;
    const auto fitted = rescale(decimal, scale, Rounding::Refuse);
    OUTPOST_ASSERT(fitted.has_value());
    return fitted->units;
}

std::string plain_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* decimal = std::get_if<Decimal>(&value)) return to_text_trimmed(*decimal);
    if (const auto* day = std::get_if<DateValue>(&value)) return days_to_text(day->days);
    if (const auto* instant = std::get_if<InstantValue>(&value)) return instant_to_text(instant->milliseconds);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    return {};
}

}  // namespace outpost
