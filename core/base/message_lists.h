// Message lists: the catalogue's texts as they are kept. The keys stand once, and the texts of each language in the same
// order; behind every part stands a zero byte. No table of pointers: it would be larger than what it points to once packed.
// Natively they are compiled in (message_lists.cpp); the page has a file of their own (web/message_lists.cpp), so that the
// program that is downloaded and compiled holds no texts. Called by: messages.
#pragma once

#include <string_view>

namespace outpost {

struct MessageLists {
    std::string_view keys, english, chinese;
};

// The same for the program's life.
const MessageLists& message_lists();

}  // namespace outpost
