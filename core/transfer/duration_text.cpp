// How long something took, in the forms that CRMs and people write.
#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

bool take(std::string_view& text, std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// "5 min", "1h 20m", "2 hrs 5 mins", "90 seconds", "PT5M32S", "1小时20分": seconds.
std::optional<std::int64_t> read_duration_words(std::string_view text) {
    constexpr std::pair<std::string_view, std::int64_t> units[] = {{"d", 86'400}, {"h", 3'600}, {"m", 60}, {"s", 1}};
    std::int64_t milliseconds = 0;
    bool any = false;
    take(text, "PT");
    for (text = trim(text); !text.empty(); text = trim(text), any = true) {
        const std::size_t length = text.find_first_not_of("0123456789.");
        const auto number = length == std::string_view::npos ? std::nullopt : parse_decimal(text.substr(0, length));
        if (!number || number->units > 1'000'000'000) return std::nullopt;
        text.remove_prefix(length);
        text = trim(text);
        std::int64_t seconds = 0;
        if (take(text, "\xE5\xB0\x8F\xE6\x97\xB6")) seconds = 3'600;
        else if (take(text, "\xE5\x88\x86")) seconds = 60, take(text, "\xE9\x92\x9F");
        else if (take(text, "\xE7\xA7\x92")) seconds = 1;
        const std::string_view word = text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_letter) - text.begin()));
        text.remove_prefix(word.size());
        const std::string spelled = word.empty() ? std::string() : fold_key(word);
        const bool is_word = std::ranges::any_of(split("d|day|days|h|hr|hrs|hour|hours|m|min|mins|minute|minutes|s|sec|secs|second|seconds", '|'), [&](std::string_view one) { return one == spelled; });
        for (const auto& [letter, unit] : units)
            if (!word.empty() && is_word && (word[0] | 0x20) == letter[0]) seconds = unit;
        if (seconds == 0) return std::nullopt;
        take(text, ",");
        milliseconds += number->units * seconds * 1'000 / power_of_ten(number->scale);
        if (milliseconds > 1'000'000'000'000'000) return std::nullopt;   // no duration, and no sum may overflow
    }
    return any ? std::optional(milliseconds / 1'000) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> read_duration(std::string_view text, std::string_view header, std::int64_t bare_milliseconds) {
    const std::string key = fold_key(header);
    const auto says = [&](std::string_view word) { return key.find(word) != std::string::npos; };
    text = trim(text);
    if (text.find(':') == std::string_view::npos) {
        const auto number = parse_decimal(text);
        if (!number) return read_duration_words(text);
        if (number->units < 0) return std::nullopt;
        const auto ends = [&](std::string_view unit) { return trim(header).ends_with(unit); };
        std::int64_t unit_milliseconds = bare_milliseconds;
        if (says("millisec") || key.ends_with("ms")) unit_milliseconds = 1;
        else if (says("sec") || says("\xE7\xA7\x92") || ends("(s)")) unit_milliseconds = 1'000;
        else if (says("hour") || says("\xE5\xB0\x8F\xE6\x97\xB6") || ends("(h)")) unit_milliseconds = 3'600'000;
        else if (says("min") || says("\xE5\x88\x86") || ends("(m)")) unit_milliseconds = 60'000;
        if (number->units > 1'000'000'000'000) return std::nullopt;
        return number->units * unit_milliseconds / power_of_ten(number->scale) / 1'000;
    }
    std::int64_t seconds = 0;
    int parts = 0;
    for (const std::string_view part : split(text, ':')) {
        const auto value = part.size() <= 4 && part.find_first_not_of("0123456789") == std::string_view::npos ? parse_decimal(part) : std::nullopt;
        if (!value || (parts > 0 && (part.size() > 2 || value->units > 59)) || ++parts > 3) return std::nullopt;
        seconds = seconds * 60 + value->units;
    }
    const bool of_minutes = says("hhmmss") || says("mmss") || (says("call") && !says("hhmm"));
    return parts == 2 && !of_minutes ? seconds * 60 : seconds;
}

}  // namespace outpost
