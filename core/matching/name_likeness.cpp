#include "core/matching/name_likeness.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/code_points.h"
#include "core/base/near_word.h"
#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/matching/phonetic.h"

namespace outpost {
namespace {

// Each line: a full name, then what people call themselves by it. A short form of several names stands in several lines.
constexpr std::array<std::string_view, 67> variant_lines = {
    "abigail abby gail", "albert al bert", "alexander alex alec sascha sasha", "alexandra alex sandra sasha", "alfred al fred", "andrew andy drew",
    "anthony tony", "anton toni", "antonio toni tono", "benjamin ben benny", "bernhard bernd", "charles charlie chuck", "christian chris",
    "christina christine chris tina", "christopher chris kit", "daniel dan danny", "david dave davey", "deborah deb debbie", "donald don donnie",
    "dorothy dot dolly", "edward ed eddie ted ned", "elizabeth elisabeth liz lizzie beth betty eliza lisa", "eugene gene", "francis frank",
    "francisco paco pancho", "franziska franzi", "frederick fred freddy", "friedrich fritz", "gerald gerry jerry", "gerhard gerd", "gregory greg",
    "heinrich heinz heiner", "henry hank harry", "jacqueline jackie", "james jim jimmy jamie", "jeffrey geoffrey jeff geoff", "jennifer jen jenny",
    "jessica jess", "johannes hannes hans", "john jon jack johnny", "jonathan jon", "jose pepe", "joseph joe joey", "joshua josh",
    "katherine catherine katharina kate kathy cathy katie kat kathrin", "kenneth ken kenny", "lawrence laurence larry", "leonard leo len",
    "margaret maggie meg peggy greta", "matthew matt", "matthias matze", "michael mike mick mickey micha", "nicholas nick nico",
    "patricia pat patty tricia", "patrick pat paddy", "peter pete", "philip phil", "raymond ray", "rebecca becky", "richard dick rick rich ricky",
    "robert bob bobby rob robbie bert", "samantha sam", "samuel sam sammy", "stephen steven steve", "susan sue susie", "thomas tom tommy",
    "william bill billy will willy"};

struct Variant {
    std::string_view name;
    std::uint8_t line;
};

const std::vector<Variant>& variants() {
    static const std::vector<Variant> all = [] {
        std::vector<Variant> made;
        for (std::size_t line = 0; line < variant_lines.size(); ++line)
            for (const std::string_view name : split(variant_lines[line], ' ')) made.push_back({name, static_cast<std::uint8_t>(line)});
        sort_stably(made, [](const Variant& a, const Variant& b) { return a.name < b.name; });
        return made;
    }();
    return all;
}

auto lines_of(std::string_view name) { return std::ranges::equal_range(variants(), name, {}, &Variant::name); }

bool are_variants(std::string_view a, std::string_view b) {
    const auto of_a = lines_of(a), of_b = lines_of(b);
    return std::ranges::any_of(of_a, [&](const Variant& one) {
        return std::ranges::any_of(of_b, [&](const Variant& other) { return one.line == other.line; });
    });
}

unsigned distance(std::string_view a, std::string_view b, unsigned most) { return NearWord(a).distance(b, most).value_or(most + 1); }

// Daniel and Daniela, Mario and Maria: two people, however near the letters.
bool differ_by_ending(std::string_view a, std::string_view b) {
    const auto is_ending = [](char c) { return c == 'a' || c == 'e' || c == 'o'; };
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() + 1 == b.size()) return b.starts_with(a) && is_ending(b.back());
    return a.size() == b.size() && !a.empty() && a.substr(0, a.size() - 1) == b.substr(0, b.size() - 1) && is_ending(a.back()) && is_ending(b.back());
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(" -")); }

// "j" and "jr" stand for "john" and "john richard".
bool are_initials(std::string_view initials, std::string_view name) {
    if (initials.empty() || name.size() <= initials.size() || !name.starts_with(initials.front()) || count_code_points(initials) > 2) return false;
    if (count_code_points(initials) == 1) return true;
    const std::size_t second = name.find_first_of(" -");
    return second != std::string_view::npos && name.substr(second + 1).starts_with(initials.back());
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

}  // namespace

std::string_view full_first_name(std::string_view name) {
    const auto lines = lines_of(name);
    return lines.empty() ? name : variant_lines[lines.front().line].substr(0, variant_lines[lines.front().line].find(' '));
}

double jaro_winkler(std::string_view text_a, std::string_view text_b) {
    const std::u32string a = code_points_of(text_a), b = code_points_of(text_b);
    if (a.empty() || b.empty()) return 0;
    const std::size_t reach = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
    std::vector<bool> used(b.size(), false);
    std::u32string common_a, common_b;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t end = std::min(b.size(), i + reach + 1);
        for (std::size_t k = i > reach ? i - reach : 0; k < end; ++k) {
            if (used[k] || a[i] != b[k]) continue;
            used[k] = true;
            common_a += a[i];
            break;
        }
    }
    if (common_a.empty()) return 0;
    for (std::size_t k = 0; k < b.size(); ++k)
        if (used[k]) common_b += b[k];
    std::size_t moved = 0, beginning = 0;
    for (std::size_t i = 0; i < common_a.size(); ++i) moved += common_a[i] != common_b[i];
    const double common = static_cast<double>(common_a.size());
    const double jaro = (common / static_cast<double>(a.size()) + common / static_cast<double>(b.size()) + (common - static_cast<double>(moved) / 2) / common) / 3;
    while (beginning < std::min({a.size(), b.size(), std::size_t{4}}) && a[beginning] == b[beginning]) ++beginning;
    return jaro + static_cast<double>(beginning) * 0.1 * (1 - jaro);
}

int first_name_likeness(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return 0;
    if (a == b) return 100;
    if (a.size() > b.size() || (a.size() == b.size() && b < a)) std::swap(a, b);
    if (are_initials(a, b)) return 90;
    const std::string_view short_a = first_word(a), short_b = first_word(b);
    // A second name that only one of them has: "Anna" and "Anna Maria".
    if (short_a == short_b && (short_a == a || short_b == b)) return 94;
    if (are_variants(short_a, short_b)) return 92;
    // Alexander and Alexandra, Mick and Nick: two names that are known as such.
    const bool two_known = !lines_of(short_a).empty() && !lines_of(short_b).empty();
    if (two_known || differ_by_ending(short_a, short_b)) return 80;
    const std::size_t length = count_code_points(b);
    const unsigned apart = distance(a, b, 2);
    if (length >= 4 && apart <= (length >= 6 ? 2u : 1u)) {
        const std::string sound = phonetic_key(a);
        if (sound.size() >= 2 && sound == phonetic_key(b)) return 92;
    }
    const double likeness = jaro_winkler(a, b);
    const bool one_letter = apart <= 1 && (length >= 6 || (length >= 5 && a.size() != b.size()));
    const bool swapped_letters = apart == 1 && a.size() == b.size() && std::ranges::is_permutation(a, b);
    if (likeness >= 0.85 && (one_letter || swapped_letters || (apart <= 2 && length >= 8))) return std::min(97, static_cast<int>(likeness * 100));
    return std::min(first_name_threshold - 1, static_cast<int>(likeness * 90));
}

int last_name_likeness(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return 0;
    if (a == b) return 100;
    std::string joined_a(a), joined_b(b);
    for (std::string* joined : {&joined_a, &joined_b}) std::erase_if(*joined, [](char c) { return c == ' ' || c == '-'; });
    if (joined_a == joined_b) return 99;
    const auto is_half_of = [](std::string_view half, std::string_view whole) {
        const std::size_t dash = whole.find('-');
        return dash != std::string_view::npos && half.size() >= 3 && (whole.substr(0, dash) == half || whole.substr(dash + 1) == half);
    };
    if (is_half_of(a, b) || is_half_of(b, a)) return 90;
    const std::size_t length = std::max(count_code_points(joined_a), count_code_points(joined_b));
    const unsigned apart = distance(joined_a, joined_b, 3);
    const std::string sound = phonetic_key(joined_a);
    const bool sounds_same = sound.size() >= 2 && sound == phonetic_key(joined_b);
    if (sounds_same && length >= 4 && apart == 1) return 96;
    if (sounds_same && length >= 5 && apart == 2) return 92;
    const bool swapped_letters = apart == 1 && joined_a.size() == joined_b.size() && std::ranges::is_permutation(joined_a, joined_b);
    if (swapped_letters && length >= 4) return 93;
    if (joined_a.front() == joined_b.front() && ((apart == 1 && length >= 5) || (apart == 2 && length >= 9))) return 91;
    return std::min(last_name_threshold - 1, static_cast<int>(100 * (length - std::min<std::size_t>(apart, length)) / length));
}

int company_likeness(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return 0;
    if (a == b) return 100;
    // "Store 12" and "Store 13" are two.
    if (digits_of(a) == digits_of(b)) {
        const std::size_t length = std::max(count_code_points(a), count_code_points(b));
        const unsigned apart = distance(a, b, 2);
        if (!has_cjk(a) && ((apart == 1 && length >= 6) || (apart == 2 && length >= 10))) return 90;
    }
    if (std::min(a.size(), b.size()) >= 4 && (a.starts_with(b) || b.starts_with(a))) return 60;
    return 0;
}

}  // namespace outpost
