#include "ui/pages/registry.h"

namespace outpost {

std::span<const PageEntry> page_entries() {
    return {};
}

FrameDialogs frame_dialogs() { return {}; }

}  // namespace outpost
