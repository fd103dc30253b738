#include "core/base/json.h"

#include <charconv>
#include <cmath>

#include <fast_float/fast_float.h>
#define JSON_NO_IO
#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace outpost {

namespace {

template <typename Number>
std::string number_text(Number value) {
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    OUTPOST_ASSERT(error == std::errc());
    return {buffer, end};
}

// Builds the tree from the parser's events. Refuses what is too deep; remembers where it stopped.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit TreeBuilder(Json& root) { open_.push_back(&root); }

    bool null() override { return add({}); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(static_cast<std::int64_t>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(static_cast<std::uint64_t>(value)); }
    bool number_float(number_float_t, const string_t& text) override { return add(Json::number(text)); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool key(string_t& value) override {
        key_ = std::move(value);
        return true;
    }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception&) override {
        error_position = position;
        error_token = last_token;
        return false;
    }

    std::size_t error_position = 0;
    std::string error_token;
    bool too_deep = false;

private:
    // Where the next value goes: the root, the end of an array, or a member of an object.
    Json* place(Json value) {
        Json& parent = *open_.back();
        if (open_.size() == 1) {
            parent = std::move(value);
            return &parent;
        }
        if (parent.is_array()) return &parent.items().emplace_back(std::move(value));
        // A repeated name keeps its last value, as in JavaScript.
        for (std::size_t i = parent.members().size(); i-- > 0 && parent.members().size() <= repeated_search_max;) {
            if (parent.members()[i].first != key_) continue;
            parent.members()[i].second = std::move(value);
            return &parent.members()[i].second;
        }
        return &parent.members().emplace_back(std::move(key_), std::move(value)).second;
    }
    bool add(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        too_deep = open_.size() > static_cast<std::size_t>(json_depth_max);
        if (too_deep) return false;
        open_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    // Larger objects are not searched for repeated names, so that parsing stays linear.
    static constexpr std::size_t repeated_search_max = 64;
    std::vector<Json*> open_;  // the root's place, then the containers around the next value
    std::string key_;
};

constexpr char hex_digits[] = "0123456789abcdef";

void append_value(std::string& out, const Json& json, int indent, int depth);

void append_line(std::string& out, int indent, int depth) {
    if (indent < 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent) * static_cast<std::size_t>(depth), ' ');
}

void append_container(std::string& out, const Json& json, int indent, int depth) {
    const bool is_array = json.is_array();
    const std::size_t count = is_array ? json.items().size() : json.members().size();
    out += is_array ? '[' : '{';
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        append_line(out, indent, depth + 1);
        if (!is_array) {
            append_json_string(out, json.members()[i].first);
            out += indent < 0 ? ":" : ": ";
        }
        append_value(out, is_array ? json.items()[i] : json.members()[i].second, indent, depth + 1);
    }
    if (count > 0) append_line(out, indent, depth);
    out += is_array ? ']' : '}';
}

void append_value(std::string& out, const Json& json, int indent, int depth) {
    switch (json.kind()) {
        case Json::Kind::Null: out += "null"; break;
        case Json::Kind::False: out += "false"; break;
        case Json::Kind::True: out += "true"; break;
        case Json::Kind::Number: out += json.text(); break;
        case Json::Kind::String: append_json_string(out, json.text()); break;
        case Json::Kind::Array:
        case Json::Kind::Object: append_container(out, json, indent, depth); break;
    }
}

}  // namespace

Json::Json(int value) : kind_(Kind::Number), text_(number_text(value)) {}
Json::Json(std::int64_t value) : kind_(Kind::Number), text_(number_text(value)) {}
Json::Json(std::uint64_t value) : kind_(Kind::Number), text_(number_text(value)) {}

Json::Json(double value) {
    if (!std::isfinite(value)) return;  // JSON has no such number: null, as in JavaScript
    kind_ = Kind::Number;
    text_ = number_text(value);
}

Json Json::number(std::string text) {
    Json json;
    json.kind_ = Kind::Number;
    json.text_ = std::move(text);
    return json;
}

double Json::to_double() const {
    double value = 0;
    if (is_number()) fast_float::from_chars(text_.data(), text_.data() + text_.size(), value);
    return value;
}

const Json* Json::find(std::string_view name) const {
    for (const Member& member : members_)
        if (member.first == name) return &member.second;
    return nullptr;
}

std::string_view Json::text_or(std::string_view name, std::string_view otherwise) const {
    const Json* member = find(name);
    return member && member->is_string() ? std::string_view(member->text_) : otherwise;
}

bool Json::boolean_or(std::string_view name, bool otherwise) const {
    const Json* member = find(name);
    return member && member->is_bool() ? member->boolean() : otherwise;
}

std::int64_t Json::integer_or(std::string_view name, std::int64_t otherwise) const {
    const Json* member = find(name);
    if (!member || !member->is_number()) return otherwise;
    std::int64_t value = 0;
    const char* const end = member->text_.data() + member->text_.size();
    const auto [rest, error] = std::from_chars(member->text_.data(), end, value);
    return error == std::errc() && rest == end ? value : otherwise;
}

Json& Json::set(std::string name, Json value) {
    kind_ = Kind::Object;
    for (Member& member : members_) {
        if (member.first != name) continue;
        member.second = std::move(value);
        return *this;
    }
    members_.emplace_back(std::move(name), std::move(value));
    return *this;
}

Json& Json::push(Json value) {
    kind_ = Kind::Array;
    items_.push_back(std::move(value));
    return *this;
}

std::string Json::dump(int indent) const {
    std::string out;
    append_value(out, *this, indent, 0);
    return out;
}

Result<Json> parse_json(std::string_view text) {
    Json root;
    TreeBuilder builder(root);
    // The parser takes a NUL for the end of the text: what stands behind one would go unseen.
    const std::size_t nul = text.find('\0');
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        if (nul == std::string_view::npos) return root;
        builder.error_position = nul + 1;
    }
    Error error{ErrorCode::JsonParserError, "error.json", {}};
    if (builder.too_deep) {
        error.message_key = "error.json_depth";
        error.arguments = {std::to_string(json_depth_max)};
        return fail(std::move(error));
    }
    // The parser counts the bytes read, the offending one included.
    const std::size_t position = builder.error_position > 0 ? builder.error_position - 1 : 0;
    error.position = static_cast<int>(position);
    error.arguments = {std::to_string(position), replace_invalid_utf8(builder.error_token.substr(0, 40))};
    return fail(std::move(error));
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::string repaired;
    if (!is_valid_utf8(text)) {
        repaired = replace_invalid_utf8(text);
        text = repaired;
    }
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out += text.substr(start, i - start);
        start = i + 1;
        out += '\\';
        switch (c) {
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            case '\n': out += 'n'; break;
            case '\r': out += 'r'; break;
            case '\t': out += 't'; break;
            default:
                out += "u00";
                out += hex_digits[c >> 4];
                out += hex_digits[c & 15];
        }
    }
    out += text.substr(start);
    out += '"';
}

}  // namespace outpost
