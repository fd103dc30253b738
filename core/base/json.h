// Json: a value tree with exact numbers (kept as their text) and object members in order. Parsing is nlohmann's
// SAX parser, behind json.cpp alone. Invariant: depth at most json_depth_max. Called by: edit (commands), query
// (answers), shell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace outpost {

inline constexpr int json_depth_max = 200;

class Json {
public:
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };
    using Member = std::pair<std::string, Json>;

    Json() = default;
    Json(bool value) : kind_(value ? Kind::True : Kind::False) {}
    Json(int value);
    Json(std::int64_t value);
    Json(std::uint64_t value);
    Json(double value);                       // shortest text that reads back the same
    Json(const char* value) : Json(std::string(value)) {}
    Json(std::string value) : kind_(Kind::String), text_(std::move(value)) {}
    Json(std::string_view value) : Json(std::string(value)) {}
    static Json number(std::string text);     // exact, already valid JSON number text
    static Json array() { Json json; json.kind_ = Kind::Array; return json; }
    static Json object() { Json json; json.kind_ = Kind::Object; return json; }

    Kind kind() const { return kind_; }
    bool is_null() const { return kind_ == Kind::Null; }
    bool is_string() const { return kind_ == Kind::String; }
    bool is_number() const { return kind_ == Kind::Number; }
    bool is_bool() const { return kind_ == Kind::True || kind_ == Kind::False; }
    bool is_array() const { return kind_ == Kind::Array; }
    bool is_object() const { return kind_ == Kind::Object; }

    bool boolean() const { return kind_ == Kind::True; }
    const std::string& text() const { return text_; }       // of a String, or the digits of a Number
    double to_double() const;                                // of a Number
    const std::vector<Json>& items() const { return items_; }
    std::vector<Json>& items() { return items_; }
    const std::vector<Member>& members() const { return members_; }
    std::vector<Member>& members() { return members_; }

    const Json* find(std::string_view name) const;           // member of an Object, or null pointer
    std::string_view text_or(std::string_view name, std::string_view otherwise) const;  // member that is a String
    bool boolean_or(std::string_view name, bool otherwise) const;
    std::int64_t integer_or(std::string_view name, std::int64_t otherwise) const;
    Json& set(std::string name, Json value);                 // adds or replaces; returns *this
    Json& push(Json value);                                  // onto an Array; returns *this

    std::string dump(int indent = -1) const;                 // -1: one line. Invalid UTF-8 is replaced.

private:
    Kind kind_ = Kind::Null;
    std::string text_;
    std::vector<Json> items_;
    std::vector<Member> members_;
};

Result<Json> parse_json(std::string_view text);              // Error.position is the byte offset
void append_json_string(std::string& out, std::string_view text);  // quoted and escaped

}  // namespace outpost
