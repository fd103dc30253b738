#include <cstring>
#include <utility>

#include "core/base/currency.h"
#include "core/base/text.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "￥１，２３４": signs of full width as the narrow ones; `scratch` holds them.
std::string_view narrow(std::string_view text, std::string& scratch) {
    if (text.find('\xEF') == std::string_view::npos) return text;
    scratch.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned wide = i + 2 < text.size() && text[i] == '\xEF' ? (text[i + 1] & 0x3Fu) << 6 | (text[i + 2] & 0x3Fu) : 0;
        const bool is_wide = wide >= 0xF01 && wide <= 0xF5E;
        scratch += is_wide ? static_cast<char>(wide - 0xEE0) : text[i];
        i += is_wide ? 2 : 0;
    }
    return scratch;
}

// Blanks that group digits or stand beside a sign: space, no-break space, narrow no-break space, thin space.
std::size_t blank_length(std::string_view text) {
    if (text.starts_with(' ')) return 1;
    if (text.starts_with("\xC2\xA0")) return 2;
    if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x80\x89")) return 3;
    return 0;
}

std::string_view trim_blanks(std::string_view text) {
    while (const std::size_t length = blank_length(text)) text.remove_prefix(length);
    while (!text.empty()) {
        if (text.back() == ' ') text.remove_suffix(1);
        else if (text.ends_with("\xC2\xA0")) text.remove_suffix(2);
        else if (text.ends_with("\xE2\x80\xAF") || text.ends_with("\xE2\x80\x89")) text.remove_suffix(3);
        else break;
    }
    return text;
}

// A number's text taken apart: sign, currency and percent are off, `body` is digits and separators.
struct Peeled {
    std::string_view body;
    std::string_view currency;
    bool negative = false;
    bool percent = false;
    char no_cents = 0;            // the decimal sign of a dash in place of cents ("500.-", "500,-"); 0 none
    char exponent = 0;            // of a magnitude behind it ("1.2M"): '6'; 0 none
    bool is_faint = false;        // a small letter that is as often a unit
};

// "$342.09K", "1.2M", "3 bn", "12万", "3千万": thousands, millions, billions.
void peel_magnitude(Peeled& peeled) {
    constexpr std::pair<std::string_view, char> known[] = {{"bn", '9'}, {"mn", '6'}, {"mio", '6'}, {"k", '3'}, {"m", '6'}, {"b", '9'},
                                                           {"百万", '6'}, {"千万", '7'}, {"千", '3'}, {"万", '4'}, {"亿", '8'}};
    std::string_view& body = peeled.body;
    for (const auto& [word, exponent] : known) {
        if (body.size() <= word.size() || !equals_ignoring_ascii_case(body.substr(body.size() - word.size()), word)) continue;
        const std::string_view number = trim_blanks(body.substr(0, body.size() - word.size()));
        if (number.empty() || !is_digit(number.back())) continue;
        peeled.is_faint = peeled.currency.empty() && (body.back() == 'm' || body.back() == 'b');
        peeled.exponent = exponent;
        body = number;
        return;
    }
}

void peel_currency(Peeled& peeled) {
    std::string_view& body = peeled.body;
    const std::string_view sign = find_currency_sign(body);
    if (sign.empty()) return;
    if (peeled.currency.empty()) peeled.currency = sign;
    if (equals_ignoring_ascii_case(body.substr(0, sign.size()), sign)) body.remove_prefix(sign.size());
    else body.remove_suffix(sign.size());
    body = trim_blanks(body);
}

// "500.-", "500,--", "500.\xE2\x80\x93": a whole amount, as Swiss and Germans write it; that dash is no minus.
void peel_no_cents(Peeled& peeled) {
    for (const std::string_view dash : {"--", "-", "\xE2\x80\x93", "\xE2\x80\x94"}) {
        if (!peeled.body.ends_with(dash)) continue;
        const std::string_view number = peeled.body.substr(0, peeled.body.size() - dash.size());
        if (number.size() < 2 || (number.back() != '.' && number.back() != ',') || !is_digit(number[number.size() - 2])) return;
        peeled.no_cents = number.back();
        peeled.body = number.substr(0, number.size() - 1);
        return;
    }
}

void peel_sign(Peeled& peeled) {
    std::string_view& body = peeled.body;
    if (peeled.no_cents == 0) peel_no_cents(peeled);
    if (body.starts_with('-') || body.starts_with('+')) {
        peeled.negative = peeled.negative != (body[0] == '-');
        body = trim_blanks(body.substr(1));
    } else if (body.starts_with("\xE2\x88\x92")) {
        peeled.negative = !peeled.negative;
        body = trim_blanks(body.substr(3));
    } else if (body.size() > 1 && body.ends_with('-')) {  // accounting programs write 1200-
        peeled.negative = !peeled.negative;
        body = trim_blanks(body.substr(0, body.size() - 1));
    }
}

// "$ -", "EUR -": nothing, in Excel's accounting formats.
bool peel_nothing(Peeled& peeled) {
    if (!peeled.body.ends_with('-')) return false;
    const std::string_view sign = find_currency_sign(peeled.body);
    if (sign.empty() || trim_blanks(peeled.body.substr(0, peeled.body.size() - 1)).size() != sign.size()) return false;
    peeled.currency = sign;
    peeled.body = "0";
    return true;
}

// "1999年", "1,200人": what Chinese counts by.
void peel_counted(Peeled& peeled) {
    if (peeled.body.empty() || (peeled.body.back() & 0x80) == 0) return;
    for (const std::string_view word : {"年", "人", "名", "个"}) {
        if (!peeled.body.ends_with(word)) continue;
        const std::string_view number = trim_blanks(peeled.body.substr(0, peeled.body.size() - word.size()));
        if (!number.empty() && (is_digit(number.back()) || number.ends_with("万") || number.ends_with("千"))) peeled.body = number;
        return;
    }
}

Peeled peel(std::string_view text) {
    Peeled peeled;
    peeled.body = trim_blanks(text);
    if (peel_nothing(peeled)) return peeled;
    // Between digits at both ends there is nothing to take off. Twice: "(7.20) €", "CHF -5", "¥1,234円".
    for (int round = 0; round < 2 && !peeled.body.empty() && !(is_digit(peeled.body.front()) && is_digit(peeled.body.back())); ++round) {
        if (peeled.body.size() > 2 && peeled.body.front() == '(' && peeled.body.back() == ')') {
            peeled.negative = true;
            peeled.body = trim_blanks(peeled.body.substr(1, peeled.body.size() - 2));
        }
        peel_sign(peeled);
        peel_currency(peeled);
    }
    if (peeled.body.ends_with('%')) {
        peeled.percent = true;
        peeled.body = trim_blanks(peeled.body.substr(0, peeled.body.size() - 1));
    }
    peel_counted(peeled);
    peel_magnitude(peeled);
    return peeled;
}

struct Separators {
    std::size_t points = 0, commas = 0, blanks = 0;   // blanks and apostrophes
    std::size_t last_point = 0, last_comma = 0;
    bool exponent = false;
    bool valid = false;
};

Separators count_separators(std::string_view body) {
    Separators found;
    bool any_digit = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (is_digit(c)) {
            any_digit = true;
        } else if (c == '.') {
            ++found.points;
            found.last_point = i;
        } else if (c == ',') {
            ++found.commas;
            found.last_comma = i;
        } else if (c == '\'' || body.substr(i).starts_with("\xE2\x80\x99")) {
            ++found.blanks;
            i += c == '\'' ? 0 : 2;
        } else if (const std::size_t length = blank_length(body.substr(i)); length != 0) {
            ++found.blanks;
            i += length - 1;
        } else if ((c == 'e' || c == 'E') && any_digit && i + 1 < body.size() && !found.exponent) {
            found.exponent = true;
            if (body[i + 1] == '-' || body[i + 1] == '+') ++i;
        } else {
            return found;
        }
    }
    found.valid = any_digit && !(found.exponent && found.blanks != 0);
    return found;
}

std::size_t digits_behind(std::string_view body, std::size_t place) { return body.size() - place - 1; }

// Groups of a number with thousands separators: one to three digits first, then two or three (India writes 12,34,567),
// and three at the end.
bool groups_are_valid(std::string_view whole, char decimal) {
    std::size_t group = 0, groups = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const char c = whole[i];
        if (is_digit(c)) {
            ++group;
            continue;
        }
        if (c == decimal) return false;
        std::size_t skip = c == '.' || c == ',' || c == '\'' ? 1 : blank_length(whole.substr(i));
        if (skip == 0 && whole.substr(i).starts_with("\xE2\x80\x99")) skip = 3;
        if (skip == 0 || group == 0 || group > 3 || (groups > 0 && group < 2)) return false;
        i += skip - 1;
        ++groups;
        group = 0;
    }
    return groups == 0 || group == 3;
}

// The commonest numbers, digits with at most one point, without taking them apart.
bool scan_plain(std::string_view text, NumberScan& scan) {
    if (text.empty() || text.size() > 18) return false;
    std::size_t point = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_digit(text[i])) continue;
        if (text[i] != '.' || point != text.size()) return false;
        point = i;
    }
    if (point == 0 || point + 1 == text.size()) return false;
    const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
    if (decimals == 3 && point <= 3 && text[0] != '0') return false;
    scan.hint = decimals == 0 ? NumberHint::Neutral : NumberHint::PointDecimal;
    scan.decimals = static_cast<std::uint8_t>(decimals);
    return true;
}

}  // namespace

NumberScan scan_number(std::string_view text) {
    NumberScan scan;
    if (text.size() > 64) return scan;
    std::string scratch;
    text = narrow(text, scratch);
    if (scan_plain(text, scan)) return scan;
    const Peeled peeled = peel(text);
    const Separators found = count_separators(peeled.body);
    if (!found.valid || peeled.is_faint) return scan;
    scan.is_percent = peeled.percent;
    scan.currency = peeled.currency;
    const auto decide = [&](NumberHint hint, char decimal, std::size_t decimals) {
        if (read_number(text, {decimal})) {
            scan.hint = hint;
            scan.decimals = static_cast<std::uint8_t>(decimals > 18 ? 18 : decimals);
        }
        return scan;
    };
    if (found.points == 0 && found.commas == 0 && peeled.no_cents == 0) return decide(NumberHint::Neutral, '.', 0);
    if (found.points > 0 && found.commas > 0) {
        return found.last_point > found.last_comma ? decide(NumberHint::PointDecimal, '.', digits_behind(peeled.body, found.last_point))
                                                   : decide(NumberHint::CommaDecimal, ',', digits_behind(peeled.body, found.last_comma));
    }
    if (peeled.no_cents != 0) {
        const bool comma = found.points > 0 || (found.commas == 0 && peeled.no_cents == ',');
        return comma ? decide(NumberHint::CommaDecimal, ',', 0) : decide(NumberHint::PointDecimal, '.', 0);
    }
    const bool point = found.points > 0;
    if (found.points + found.commas > 1) return point ? decide(NumberHint::CommaDecimal, ',', 0) : decide(NumberHint::PointDecimal, '.', 0);
    const std::size_t place = point ? found.last_point : found.last_comma;
    const std::size_t behind = digits_behind(peeled.body, place);
    const bool could_group = behind == 3 && place >= 1 && place <= 3 && peeled.body[0] != '0' && found.blanks == 0 && !found.exponent && peeled.exponent == 0;
    if (point) return decide(could_group ? NumberHint::AmbiguousPoint : NumberHint::PointDecimal, '.', behind);
    return decide(could_group ? NumberHint::AmbiguousComma : NumberHint::CommaDecimal, ',', behind);
}

std::optional<Decimal> read_number(std::string_view text, NumberStyle style) {
    if (text.size() > 64) return std::nullopt;
    if (style.decimal == '.') {
        if (const auto plain = parse_decimal(text)) return plain;
    }
    std::string scratch;
    const Peeled peeled = peel(narrow(text, scratch));
    const std::size_t place = peeled.body.find(style.decimal);
    if (peeled.no_cents != 0 && place != std::string_view::npos) return std::nullopt;  // "1.200,-" where a point is decimal
    const std::string_view whole = peeled.body.substr(0, place);
    const std::string_view fraction = place == std::string_view::npos ? std::string_view() : peeled.body.substr(place + 1);
    // Only an exponent may stand in the part before a missing decimal sign.
    const std::size_t exponent = whole.find_first_of("eE");
    if (!groups_are_valid(whole.substr(0, exponent), style.decimal)) return std::nullopt;
    char digits[72];
    std::size_t count = 0;
    if (peeled.negative) digits[count++] = '-';
    for (std::size_t i = 0; i < whole.size(); ++i)
        if (is_digit(whole[i]) || i >= exponent) digits[count++] = whole[i];
    if (place != std::string_view::npos) {
        digits[count++] = '.';
        std::memcpy(digits + count, fraction.data(), fraction.size());
        count += fraction.size();
    }
    if (peeled.exponent != 0) {
        if (exponent != std::string_view::npos) return std::nullopt;
        digits[count++] = 'e';
        digits[count++] = peeled.exponent;
    }
    return parse_decimal({digits, count});
}

std::string number_without_doubt(std::string_view text, NumberStyle style) {
    const NumberHint hint = scan_number(text).hint;
    if (hint != NumberHint::AmbiguousPoint && hint != NumberHint::AmbiguousComma) return {};
    const char sign = hint == NumberHint::AmbiguousPoint ? '.' : ',';
    std::string scratch, clear(narrow(text, scratch));
    std::size_t place = clear.find(sign);
    while (place + 1 < clear.size() && !is_digit(clear[place + 1])) place = clear.find(sign, place + 1);   // "Rs. 2.500"
    if (place + 3 >= clear.size()) return {};
    // Thousands go without their sign; of decimals there are three no more.
    if (sign != style.decimal) clear.erase(place, 1);
    else if (clear[place + 3] == '0') clear.erase(place + 3, 1);
    else clear.insert(place + 4, 1, '0');
    return clear;
}

}  // namespace outpost
