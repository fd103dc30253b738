// Merge dialog ("merge:<id>,<id>,<id>"): two or three records of one object become one. The person says which one stays
// and, where they differ, whose value it takes; what points at the others will point at it. One command, one undo.
// With a single id its duplicates are offered. Called by: the page registry, list_page, record_page.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"

namespace outpost {

inline constexpr std::size_t merged_max = 3;

// Whether records of this object are ever the same thing entered twice: people and companies, and custom objects.
bool can_merge(Context& context, ObjectIndex object);
std::string merge_address(Context& context, std::span<const RecordRef> records);
// `ids`: one to three, "," between. null when one of them is gone, read-only, or of another object. `done` after success.
std::unique_ptr<Dialog> make_merge_dialog(Context& context, std::string_view ids, std::function<void()> done = {});

}  // namespace outpost
