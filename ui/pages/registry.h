// Registry: which page answers which address, and the dialogs that the application frame opens by itself.
// To add a page: write ui/pages/<name>.{h,cpp} with a make_<name>_page(), and add its line in registry.cpp.
// Called by: App.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "ui/page.h"

namespace outpost {

// A pattern is path segments; ":x" takes any. The first that fits wins: "o/:object/board" before "o/:object".
struct PageEntry {
    std::string_view pattern;
    std::unique_ptr<Page> (*make)();
};
std::span<const PageEntry> page_entries();

// The dialog of an address ("convert:00Q...", in the parameter "dialog"), wherever it is opened; null when there is none
// or what it speaks of is gone.
std::unique_ptr<Dialog> make_addressed_dialog(Context& context, std::string_view address);

// null while there is none.
struct FrameDialogs {
    std::unique_ptr<Dialog> (*palette)() = nullptr;        // Ctrl+K
    std::unique_ptr<Page> (*first_visit)() = nullptr;      // shown instead of Home while there are no records
};
FrameDialogs frame_dialogs();

}  // namespace outpost
