#include "core/base/record_id.h"

#include "core/base/result.h"

namespace outpost {

namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::uint16_t first_custom = 64;
constexpr std::uint16_t objects_max = 4096;

// Salesforce's key prefixes of the standard objects, by object number (objects/standard.h).
constexpr std::string_view standard_prefixes[] = {"000", "005", "00Q", "001", "003", "006", "00K", "00T", "00U", "01t", "00D", "008"};

int digit_value(std::string_view digits, char c) {
    const std::size_t place = digits.find(c);
    return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

RecordId RecordId::make(ObjectIndex object, std::uint32_t salt, std::uint32_t counter) {
    OUTPOST_ASSERT(number(object) < objects_max && salt < (1u << salt_bits) && counter < (1u << counter_bits));
    return {(static_cast<std::uint64_t>(number(object)) << (counter_bits + salt_bits)) |
            (static_cast<std::uint64_t>(salt) << counter_bits) | counter};
}

std::string to_text(RecordId id) {
    if (!id) return {};
    std::string out = key_prefix(id.object());
    const std::uint64_t low = id.bits & ((1ull << (RecordId::counter_bits + RecordId::salt_bits)) - 1);
    for (int shift = 55; shift >= 0; shift -= 5) out += crockford[(low >> shift) & 31];
    return out;
}

std::optional<RecordId> parse_record_id(std::string_view text) {
    if (text.size() != 15 && text.size() != 18) return std::nullopt;
    const auto object = object_of_key_prefix(text.substr(0, 3));
    if (!object) return std::nullopt;
    std::uint64_t low = 0;
    for (char c : text.substr(3, 12)) {
        const int digit = digit_value(crockford, to_upper(c));
        if (digit < 0) return std::nullopt;
        low = (low << 5) | static_cast<std::uint64_t>(digit);
    }
    constexpr int bits = RecordId::counter_bits + RecordId::salt_bits;
    if (low >> bits) return std::nullopt;
    return RecordId{(static_cast<std::uint64_t>(number(*object)) << bits) | low};
}

std::string key_prefix(ObjectIndex object) {
    const std::uint16_t n = number(object);
    if (n < std::size(standard_prefixes)) return std::string(standard_prefixes[n]);
    // z00 ... for numbers kept for later standard objects, a00 ... for custom ones.
    const std::uint16_t place = n < first_custom ? n : n - first_custom;
    const char letter = n < first_custom ? 'z' : static_cast<char>('a' + place / (36 * 36));
    return {letter, base36[place / 36 % 36], base36[place % 36]};
}

std::optional<ObjectIndex> object_of_key_prefix(std::string_view prefix) {
    if (prefix.size() != 3) return std::nullopt;
    for (std::uint16_t n = 1; n < std::size(standard_prefixes); ++n) {
        bool same = true;
        for (int i = 0; i < 3; ++i) same = same && to_upper(prefix[i]) == to_upper(standard_prefixes[n][i]);
        if (same) return ObjectIndex{n};
    }
    const char letter = to_lower(prefix[0]);
    const int high = digit_value(base36, to_lower(prefix[1]));
    const int low = digit_value(base36, to_lower(prefix[2]));
    if (letter < 'a' || letter > 'z' || high < 0 || low < 0) return std::nullopt;
    const int place = high * 36 + low;
    if (letter == 'z') {
        if (place >= first_custom || place < static_cast<int>(std::size(standard_prefixes))) return std::nullopt;
        return ObjectIndex{static_cast<std::uint16_t>(place)};
    }
    const int n = first_custom + (letter - 'a') * 36 * 36 + place;
    if (n >= objects_max) return std::nullopt;
    return ObjectIndex{static_cast<std::uint16_t>(n)};
}

}  // namespace outpost
