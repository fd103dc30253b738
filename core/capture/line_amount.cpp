#include "core/capture/line_amount.h"

#include <algorithm>

namespace outpost {

namespace {

// What a sign, a word or a code stands for; empty for none.
std::vector<std::string> currencies_of(const Tokens& tokens, std::string_view line, std::size_t at) {
    if (at >= tokens.size()) return {};
    const LineToken& token = tokens[at];
    if (token.text == "$") return {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"};
    if (token.text == "€" || token.text == "euro" || token.text == "euros") return {"EUR"};
    if (token.text == "£") return {"GBP"};
    if (token.text == "¥") return {"CNY", "JPY"};
    if (token.text == "dollars") return {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"};
    if (token.text == "rmb") return {"CNY"};
    // A code counts in capitals alone: "all" and "try" are words.
    const std::string_view written = line.substr(token.begin, token.end - token.begin);
    if (written.size() == 3 && std::ranges::all_of(written, [](char c) { return c >= 'A' && c <= 'Z'; }) && is_known_currency(written)) return {std::string(written)};
    return {};
}

// Digits with separators to a plain number: groups of three are thousands, anything else behind one separator decimals.
std::optional<Decimal> plain_number(std::string_view text) {
    std::string digits;
    const std::size_t last = text.find_last_of(".,");
    const auto is_separator = [](char c) { return c == '.' || c == ',' || c == '\''; };
    const std::size_t separators = static_cast<std::size_t>(std::ranges::count_if(text, is_separator));
    const bool decimals = last != std::string_view::npos && text.size() - last - 1 != 3 && (separators == 1 || text.substr(0, last).find(text[last]) == std::string_view::npos);
    std::size_t group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9') {
            digits += text[i];
            ++group;
            continue;
        }
        if (decimals && i == last) digits += '.';
        else if (i + 3 >= text.size() || group > 3) return {};
        group = 0;
    }
    return parse_decimal(digits);
}

struct Unit { std::string_view text; std::int64_t times; };
constexpr Unit units[] = {{"k", 1'000}, {"thousand", 1'000}, {"grand", 1'000}, {"m", 1'000'000}, {"mio", 1'000'000}, {"mn", 1'000'000}, {"mln", 1'000'000}, {"million", 1'000'000},
                          {"millions", 1'000'000}, {"b", 1'000'000'000}, {"bn", 1'000'000'000}, {"billion", 1'000'000'000}};
constexpr Unit han_units[] = {{"百万", 1'000'000}, {"千万", 10'000'000}, {"千", 1'000}, {"万", 10'000}, {"亿", 100'000'000}};

std::optional<Decimal> times(Decimal amount, std::int64_t factor) {
    Decimal product{0, amount.scale};
    if (__builtin_mul_overflow(amount.units, factor, &product.units)) return {};
    return product;
}

// Of a letter only right behind the number: "12 m" may be metres.
bool take_unit(const Tokens& tokens, std::size_t& at, Decimal& amount) {
    for (const Unit& unit : han_units)
        if (const std::size_t taken = tokens_match(tokens, at, unit.text)) {
            const auto more = times(amount, unit.times);
            if (!more) return false;
            amount = *more, at += taken;
            return true;
        }
    for (const Unit& unit : units) {
        if (!token_is(tokens, at, unit.text) || (tokens[at].spaced && unit.text.size() == 1)) continue;
        const auto more = times(amount, unit.times);
        if (!more) return false;
        amount = *more, ++at;
        return true;
    }
    return false;
}

}  // namespace

std::optional<LineAmount> amount_at(const Tokens& tokens, std::string_view line, std::size_t at) {
    LineAmount found;
    std::size_t next = at;
    found.currencies = currencies_of(tokens, line, next);
    if (!found.currencies.empty()) ++next;
    if (next >= tokens.size()) return {};
    if (tokens[next].kind == TokenKind::Number) {
        std::string text = tokens[next].text;
        // "12 000": further groups of three, set apart by blanks.
        std::size_t end = next + 1;
        const auto is_group = [](const LineToken& token) {
            return token.kind == TokenKind::Number && token.spaced && (token.text.size() == 3 || token.text.find_first_of(".,") == 3) && token.text.find('\'') == std::string::npos;
        };
        if (text.size() <= 3)
            for (; end < tokens.size() && is_group(tokens[end]); ++end) text += tokens[end].text;
        const auto number = plain_number(text);
        if (!number) return {};
        found.amount = *number;
        next = end;
    } else if (const auto number = whole_number(tokens, next)) {
        found.amount = {number->value, 0};
        next = number->end;
        // "一千万": the last of the numeral belongs to the unit; a sum without one is no sum.
        if (!token_is_any(tokens, next, {"万", "亿", "元", "块"}) && found.currencies.empty()) return {};
    } else {
        return {};
    }
    const Decimal before = found.amount;
    found.certain = take_unit(tokens, next, found.amount);
    if (found.certain && tokens[next - 1].text == "万") {   // "三万五" is 35,000
        if (const auto rest = whole_number(tokens, next); rest && tokens[next].kind == TokenKind::Han && before.scale == 0) {
            const bool thousands = rest->value < 10 && !token_is(tokens, rest->end, "百");
            if (rest->value < 10'000) found.amount.units += rest->value * (thousands ? 1'000 : 1), next = rest->end;
        } else if (token_is(tokens, next, "亿")) {
            if (const auto more = times(found.amount, 100'000'000)) found.amount = *more, ++next;
        }
    }
    if (const std::vector<std::string> behind = currencies_of(tokens, line, next); !behind.empty()) {
        if (found.currencies.empty()) found.currencies = behind;
        ++next;
    } else if (const std::size_t taken = tokens_match_any(tokens, next, {"元", "块钱", "块", "元人民币", "人民币", "万元"})) {
        if (found.currencies.empty()) found.currencies = {"CNY", "TWD", "HKD"};
        next += taken;
    }
    found.certain = found.certain || !found.currencies.empty();
    found.end = next;
    return found;
}

}  // namespace outpost
