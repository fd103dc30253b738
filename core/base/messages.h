// The message catalogue: every text that a person sees, by key. English and Simplified Chinese ship; a language is
// one file of M("key", "text") lines (messages_en.inc, messages_zh.inc), the same keys in the same order (the compiler
// checks it). In a text, {0} {1} are arguments; {0:row|rows} picks the singular or plural word by the number in argument 0
// (languages without plurals use one form). Called by: ui, shell, and error rendering.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace outpost {

enum class Language { English, SimplifiedChinese };

std::string_view language_tag(Language language);          // BCP 47: "en", "zh-CN"
Language language_of_tag(std::string_view tag);            // by prefix; English when unknown

class Messages {
public:
    explicit Messages(Language language) : language_(language) {}
    Language language() const { return language_; }
    // The text of a key; the key itself when it is missing (a test fails on that). Stays valid for the program's life.
    std::string_view text(std::string_view key) const;
    // The text with arguments put in.
    std::string format(std::string_view key, std::initializer_list<std::string_view> arguments) const;
    // Here an argument may itself be a label's key ("label.field.Email").
    std::string format(std::string_view key, const std::vector<std::string>& arguments) const;
    // The sentence for an error, in this language.
    std::string error(const Error& error) const;
    bool has(std::string_view key) const;

private:
    Language language_;
};

// All keys, in the catalogue's order, for the completeness test.
std::vector<std::string_view> message_keys();

}  // namespace outpost
