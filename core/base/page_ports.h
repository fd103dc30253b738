// What the page asks of the browser around it, beyond drawing. Implemented by web and by the UI tests.
// Called by: shell and ui (through the UI context).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ports.h"

namespace outpost {

struct PickedFile {
    std::string name;
    std::shared_ptr<ByteSource> bytes;
};

// The letters that something is drawn with: CSS weight, em in device pixels.
struct TextFace {
    int weight = 400;
    float pixels = 0;
};

// A stretch of a line, device pixels from the line's left edge.
struct TextSpan {
    float left = 0, right = 0;
};

// Text as ImGui can draw it: words that need shaping as a whole (Arabic, Devanagari, flags, joined emoji) become
// one private-use character each, which the font draws as the whole string. Pure ASCII and plain letters are
// returned as they are. Answers are valid until the next call. For drawing only: never store or compare them.
class TextShaper {
public:
    virtual ~TextShaper() = default;
    // Keeps the logical order, so that lines may be broken and cut between characters.
    virtual std::string_view shape(std::string_view utf8) = 0;
    // The text that shape() was given, or of a part of its answer.
    virtual std::string unshape(std::string_view shaped) = 0;
    // A line of shaped text as it is drawn: one with right-to-left letters becomes one character, whose picture the
    // browser puts in visual order; any other line is returned as it is. `ink` is 0xRRGGBB, for lines that mix
    // letters with coloured emoji.
    virtual std::string_view visual_line(std::string_view shaped, bool right_to_left, std::uint32_t ink) = 0;
    // True when the line needs visual_line().
    virtual bool has_right_to_left(std::string_view shaped) = 0;
    // The direction of the text's first letter that has one (UAX 9, rules P2 and P3).
    virtual bool is_right_to_left(std::string_view utf8) = 0;
    // Where the bytes from `begin` to `end` of a line (not shaped) stand once it is drawn in visual order.
    virtual std::vector<TextSpan> spans(std::string_view line, bool right_to_left, std::size_t begin, std::size_t end,
                                        TextFace face) = 0;
};

// The colours that the system forces on pages in high contrast (CSS system colours), 0xRRGGBB.
struct ForcedColors {
    std::uint32_t canvas = 0, text = 0, link = 0, border = 0, disabled = 0, highlight = 0, highlight_text = 0;
};

// What came of asking another site for a text. Refused: by this page's own policy; Failed: no answer, or none that a page
// of another site may read.
enum class FetchOutcome : std::uint8_t { Answered, TooLarge, Refused, Failed };
struct FetchedText {
    FetchOutcome outcome = FetchOutcome::Failed;
    int status = 0;                        // HTTP's, when it answered
    std::shared_ptr<ByteSource> bytes;     // when it answered
};
inline constexpr double fetched_bytes_max = 32e6;

// What drawing costs, for the developer's overlay.
struct PageFigures {
    float frame_milliseconds = 0, frame_milliseconds_worst = 0;  // mean and worst of the last 120 frames: our own work
    int draw_calls = 0, vertices = 0;
    int glyphs = 0, texture_width = 0, texture_height = 0;
    std::uint64_t memory_bytes = 0;
    int mirror_nodes = 0;
    int events_waiting = 0;
};

// Whether the system may show the page's notifications. Ask: the person has not been asked yet.
enum class NotifyPermission : std::uint8_t { Unsupported, Ask, Granted, Denied };

class Browser {
public:
    virtual ~Browser() = default;
    virtual void push_route(std::string_view route) = 0;      // "#/Lead/list": a new history entry
    virtual void replace_route(std::string_view route) = 0;
    virtual void go_back() = 0;
    virtual int history_depth() = 0;                          // entries of this page's own behind the present one
    virtual void open_address(std::string_view address) = 0;  // mailto:, tel:, https: in a new tab
    virtual void copy_text(std::string_view text) = 0;
    virtual void save_file(std::string_view name, std::string_view mime_type, std::string_view bytes) = 0;
    virtual void pick_files(std::string_view accept, bool multiple, std::function<void(std::vector<PickedFile>)> done) = 0;
    // GET, without cookies or a referrer, past all caches. Calls back once, within a minute.
    virtual void fetch_text(std::string_view address, std::function<void(FetchedText)> done) = 0;
    virtual std::string setting(std::string_view key) = 0;    // small per-device settings; "" when unset
    virtual void set_setting(std::string_view key, std::string_view value) = 0;
    virtual bool is_online() = 0;
    virtual bool prefers_dark() = 0;
    virtual bool prefers_reduced_motion() = 0;
    // The browser's own parts follow the page's theme: the installed window's frame (0xRRGGBB), scroll bars, menus.
    virtual void show_theme(bool dark, std::uint32_t frame_color) = 0;
    virtual bool prefers_more_contrast() { return false; }
    virtual ForcedColors forced_colors() { return {}; }       // asked for only while colours are forced
    virtual PageFigures figures() { return {}; }              // asked for only while they are shown
    virtual std::string language() = 0;                       // BCP 47 of the browser
    virtual void request_frame() = 0;                         // draw again soon
    virtual void request_frame_after(int milliseconds) = 0;   // one timer at most
    virtual void reload() = 0;
    virtual void request_persistence() = 0;                   // navigator.storage.persist()
    virtual NotifyPermission notify_permission() { return NotifyPermission::Unsupported; }
    virtual void request_notify_permission() {}               // inside of a press; a frame follows the answer
    // Shown by the system where the page is not before the person's eyes. One with the same tag takes its place; pressed,
    // it brings the page to the front, at `route`.
    virtual void notify(std::string_view title, std::string_view text, std::string_view tag, std::string_view route) {
        static_cast<void>(title), static_cast<void>(text), static_cast<void>(tag), static_cast<void>(route);
    }
};

}  // namespace outpost
