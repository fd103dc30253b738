// What the page asks of the browser around it, beyond drawing. Implemented by web and by the UI tests.
// Called by: shell and ui (through the UI context).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/ports.h"

namespace outpost {

struct PickedFile {
    std::string name;
    std::shared_ptr<ByteSource> bytes;
};

// Text as ImGui can draw it: clusters that need shaping as a whole (Arabic, Devanagari, flags, joined emoji) become
// one private-use character each, which the font draws as the whole string. Pure ASCII and plain letters are
// returned as they are. The answer is valid until the next call. For drawing only: never store or compare it.
class TextShaper {
public:
    virtual ~TextShaper() = default;
    virtual std::string_view shape(std::string_view utf8) = 0;
};

class Browser {
public:
    virtual ~Browser() = default;
    virtual void push_route(std::string_view route) = 0;      // "#/Lead/list": a new history entry
    virtual void replace_route(std::string_view route) = 0;
    virtual void go_back() = 0;
    virtual void open_address(std::string_view address) = 0;  // mailto:, tel:, https: in a new tab
    virtual void copy_text(std::string_view text) = 0;
    virtual void save_file(std::string_view name, std::string_view mime_type, std::string_view bytes) = 0;
    virtual void pick_files(std::string_view accept, bool multiple, std::function<void(std::vector<PickedFile>)> done) = 0;
    virtual std::string setting(std::string_view key) = 0;    // small per-device settings; "" when unset
    virtual void set_setting(std::string_view key, std::string_view value) = 0;
    virtual bool is_online() = 0;
    virtual bool prefers_dark() = 0;
    virtual bool prefers_reduced_motion() = 0;
    // The browser's own parts follow the page's theme: the installed window's frame (0xRRGGBB), scroll bars, menus.
    virtual void show_theme(bool dark, std::uint32_t frame_color) = 0;
    virtual std::string language() = 0;                       // BCP 47 of the browser
    virtual void request_frame() = 0;                         // draw again soon
    virtual void request_frame_after(int milliseconds) = 0;   // one timer at most
    virtual void reload() = 0;
    virtual void request_persistence() = 0;                   // navigator.storage.persist()
};

}  // namespace outpost
