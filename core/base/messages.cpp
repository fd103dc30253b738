#include "core/base/messages.h"

#include <charconv>

#include "core/base/hash.h"
#include "core/base/message_lists.h"

namespace outpost {

namespace {

std::vector<std::string_view> parts_of(std::string_view list) {
    std::vector<std::string_view> parts;
    while (!list.empty()) {
        parts.push_back(list.substr(0, list.find('\0')));
        list.remove_prefix(parts.back().size() + 1);
    }
    return parts;
}

// Open addressing over the keys; at most half full.
class KeyIndex {
public:
    KeyIndex() : keys_(parts_of(message_lists().keys)) {
        std::size_t size = 16;
        while (size < keys_.size() * 2) size *= 2;
        slots_.assign(size, 0);
        for (std::size_t i = 0; i < keys_.size(); ++i) {
            std::size_t slot = hash_text(keys_[i]) & (size - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
            slots_[slot] = static_cast<std::uint32_t>(i + 1);
        }
    }

    const std::vector<std::string_view>& keys() const { return keys_; }

    // The message's number, or npos.
    std::size_t find(std::string_view key) const {
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t slot = hash_text(key) & mask; slots_[slot] != 0; slot = (slot + 1) & mask)
            if (keys_[slots_[slot] - 1] == key) return slots_[slot] - 1;
        return std::string_view::npos;
    }

private:
    std::vector<std::string_view> keys_;
    std::vector<std::uint32_t> slots_;
};

const KeyIndex& key_index() {
    static const KeyIndex index;
    return index;
}

std::string_view text_of(std::size_t message, Language language) {
    if (language == Language::SimplifiedChinese) {
        static const std::vector<std::string_view> texts = parts_of(message_lists().chinese);
        return message < texts.size() ? texts[message] : std::string_view();
    }
    static const std::vector<std::string_view> texts = parts_of(message_lists().english);
    return message < texts.size() ? texts[message] : std::string_view();
}

// Puts the arguments into `text`. What is no well-formed place ("{", "{x}") stays as it is.
template <typename Arguments>
std::string fill(std::string_view text, const Arguments& arguments) {
    std::string out;
    out.reserve(text.size() + 32);
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        const std::string_view place = close == std::string_view::npos ? std::string_view() : text.substr(1, close - 1);
        std::size_t index = 0;
        const auto [rest, error] = std::from_chars(place.data(), place.data() + place.size(), index);
        const std::string_view words(rest, static_cast<std::size_t>(place.data() + place.size() - rest));
        if (error != std::errc() || (!words.empty() && words[0] != ':')) {
            out += text[0];
            text.remove_prefix(1);
            continue;
        }
        const std::string_view argument =
            index < arguments.size() ? std::string_view(*(arguments.begin() + static_cast<std::ptrdiff_t>(index))) : std::string_view();
        if (words.empty()) {
            out += argument;
        } else {
            const std::size_t bar = words.find('|');
            const bool singular = argument == "1" || bar == std::string_view::npos;
            out += singular ? words.substr(1, bar == std::string_view::npos ? bar : bar - 1) : words.substr(bar + 1);
        }
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace

std::string_view language_tag(Language language) {
    return language == Language::SimplifiedChinese ? "zh-CN" : "en";
}

Language language_of_tag(std::string_view tag) {
    const bool chinese_tag = tag.size() >= 2 && (tag[0] | 0x20) == 'z' && (tag[1] | 0x20) == 'h' &&
                             (tag.size() == 2 || tag[2] == '-' || tag[2] == '_');
    return chinese_tag ? Language::SimplifiedChinese : Language::English;
}

std::string_view Messages::text(std::string_view key) const {
    const std::size_t message = key_index().find(key);
    return message == std::string_view::npos ? key : text_of(message, language_);
}

bool Messages::has(std::string_view key) const { return key_index().find(key) != std::string_view::npos; }

std::string Messages::format(std::string_view key, std::initializer_list<std::string_view> arguments) const {
    return fill(text(key), arguments);
}

// An argument that is the key of a label stands for that label, so that an error or an edit's name that was made
// without a language names fields in the reader's.
std::string Messages::format(std::string_view key, const std::vector<std::string>& arguments) const {
    std::vector<std::string_view> shown(arguments.begin(), arguments.end());
    for (std::string_view& argument : shown)
        if (argument.starts_with("label.") && has(argument)) argument = text(argument);
    return fill(text(key), shown);
}

std::string Messages::error(const Error& error) const {
    if (!error.message_key.empty() && has(error.message_key)) {
        std::string sentence = format(error.message_key, error.arguments);
        if (error.position < 0 || !error.message_key.starts_with("error.query_")) return sentence;
        return format("error.query_at", {sentence, std::to_string(error.position + 1)});
    }
    // An error without a sentence of its own still names its code, place and details.
    std::string out(to_text(error.code));
    const auto add = [&out](std::string_view separator, std::string_view part) {
        if (part.empty()) return;
        out += separator;
        out += part;
    };
    add(": ", error.object);
    add(error.object.empty() ? ": " : ".", error.field);
    for (std::size_t i = 0; i < error.arguments.size(); ++i) add(i == 0 ? ": " : ", ", error.arguments[i]);
    return out;
}

std::vector<std::string_view> message_keys() { return key_index().keys(); }

}  // namespace outpost
