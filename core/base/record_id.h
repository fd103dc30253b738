// RecordId: the globally unique name of a record, 64 bits: object (12) | device salt (28) | counter (24).
// Text form, 15 characters as CRM users know it: a 3-character key prefix of the object ("006" Opportunity)
// and 12 base-32 digits. Two devices never clash since each draws its own salt; a spent counter draws a new salt.
// Called by: objects (id allocation and look-up), query, transfer, ui (addresses).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/types.h"

namespace outpost {

struct RecordId {
    std::uint64_t bits = 0;  // 0 is no record

    static constexpr std::uint32_t counter_bits = 24;
    static constexpr std::uint32_t salt_bits = 28;

    static RecordId make(ObjectIndex object, std::uint32_t salt, std::uint32_t counter);
    ObjectIndex object() const { return ObjectIndex{static_cast<std::uint16_t>(bits >> (counter_bits + salt_bits))}; }
    explicit operator bool() const { return bits != 0; }
    auto operator<=>(const RecordId&) const = default;
};

// "006" + 12 digits of 0-9 A-Z without I, L, O, U (Crockford's base 32). Also written by exports.
std::string to_text(RecordId id);
// Accepts 15 characters, or 18 (Salesforce's longer form of our own id: the suffix is ignored); digits in either case.
std::optional<RecordId> parse_record_id(std::string_view text);

// Three characters, e.g. "001" for Account; custom objects get a00, a01, ... in order of their number.
std::string key_prefix(ObjectIndex object);
std::optional<ObjectIndex> object_of_key_prefix(std::string_view prefix);

}  // namespace outpost

template <>
struct std::hash<outpost::RecordId> {
    std::size_t operator()(outpost::RecordId id) const noexcept { return id.bits * 0x9E37'79B9'7F4A'7C15ull; }
};
