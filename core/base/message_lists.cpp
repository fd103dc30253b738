#include "core/base/message_lists.h"

#include <algorithm>

namespace outpost {

namespace {

#define M(key, text) key,
constexpr std::string_view english_keys[] = {
#include "core/base/messages_en.inc"
};
constexpr std::string_view chinese_keys[] = {
#include "core/base/messages_zh.inc"
};
#undef M
static_assert(std::ranges::equal(english_keys, chinese_keys), "messages_zh.inc has other keys, or another order, than messages_en.inc");

#define M(key, text) key "\0"
constexpr char keys[] =
#include "core/base/messages_en.inc"
    ;
#undef M
#define M(key, text) text "\0"
constexpr char english[] =
#include "core/base/messages_en.inc"
    ;
constexpr char chinese[] =
#include "core/base/messages_zh.inc"
    ;
#undef M

// Without the literal's own zero byte.
template <std::size_t N>
std::string_view list_of(const char (&literal)[N]) { return {literal, N - 1}; }

}  // namespace

const MessageLists& message_lists() {
    static const MessageLists lists{list_of(keys), list_of(english), list_of(chinese)};
    return lists;
}

}  // namespace outpost
