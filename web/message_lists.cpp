// The page's texts: the file that boot.js fetches beside the program, keys and languages parted by an empty part.
#include "core/base/message_lists.h"

#include <string>

#include "web/page_calls.h"

namespace outpost {

const MessageLists& message_lists() {
    static const std::string file = [] {
        std::string bytes(static_cast<std::size_t>(outpost_js_messages_size()), '\0');
        outpost_js_messages_copy(bytes.data());
        return bytes;
    }();
    static const MessageLists lists = [] {
        std::string_view rest = file;
        const auto next = [&rest] {
            const std::size_t end = rest.find(std::string_view("\0\0", 2));
            const std::string_view list = rest.substr(0, end == std::string_view::npos ? end : end + 1);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
            return list;
        };
        MessageLists found;
        found.keys = next();
        found.english = next();
        found.chinese = next();
        return found;
    }();
    return lists;
}

}  // namespace outpost
