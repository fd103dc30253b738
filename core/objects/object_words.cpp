#include "core/objects/object_words.h"

namespace outpost {

std::string object_words(const Messages& messages, const Object& object, bool plural) {
    std::string words = object_label(messages, object, plural);
    if (messages.language() != Language::English) return words;
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        const bool begins = at == 0 || words[at - 1] == ' ', small_follows = words[at + 1] >= 'a' && words[at + 1] <= 'z';
        if (begins && small_follows && words[at] >= 'A' && words[at] <= 'Z') words[at] = static_cast<char>(words[at] - 'A' + 'a');
    }
    return words;
}

}  // namespace outpost
