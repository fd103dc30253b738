#include "core/base/working_time.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace outpost {

namespace {

constexpr std::array<std::string_view, 7> day_names = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

// "HH:MM", 24:00 among them.
std::optional<int> parse_minutes(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
    if (minutes > 59 || hours * 60 + minutes > 1440) return std::nullopt;
    return hours * 60 + minutes;
}

void add_minutes(std::string& out, int minutes) {
    for (const int number : {minutes / 60, minutes % 60}) {
        out += static_cast<char>('0' + number / 10);
        out += static_cast<char>('0' + number % 10);
        out += ':';
    }
    out.pop_back();
}

}  // namespace

std::optional<WorkingTime> parse_working_time(std::string_view text) {
    const std::string_view all = trim(text);
    const std::size_t gap = all.find(' ');
    if (gap == std::string_view::npos) return std::nullopt;
    WorkingTime time{0, 0, 0};
    for (const std::string_view word : split(all.substr(0, gap), ',')) {
        const auto found = std::ranges::find(day_names, word);
        if (found == day_names.end()) return std::nullopt;
        time.days |= static_cast<std::uint8_t>(1u << (found - day_names.begin()));
    }
    const std::string_view hours = trim(all.substr(gap));
    const std::size_t dash = hours.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = parse_minutes(hours.substr(0, dash)), to = parse_minutes(hours.substr(dash + 1));
    if (!from || !to || *from >= *to) return std::nullopt;
    time.from = *from;
    time.to = *to;
    return time;
}

std::string to_text(const WorkingTime& time) {
    std::string text;
    for (int each = 1; each <= 7; ++each) {   // Monday first
        if (!time.works_on(each % 7)) continue;
        if (!text.empty()) text += ',';
        text += day_names[static_cast<std::size_t>(each % 7)];
    }
    text += ' ';
    add_minutes(text, time.from);
    text += '-';
    add_minutes(text, time.to);
    return text;
}

}  // namespace outpost
