// The kit's own state and the helpers that its files share. Pages never include this.
// Invariant: layouts, parents and id scopes are balanced at the end of each frame (asserted).
// Called by: ui/kit/*.cpp and ui/app*.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "imgui.h"
#include "ui/kit/kit.h"

namespace outpost::kit {

enum class LayoutKind : std::uint8_t { Column, Row, Columns, FormGrid };

struct Layout {
    LayoutKind kind = LayoutKind::Column;
    std::uint32_t id = 0;
    std::uint32_t count = 0;          // children so far, for ids
    Rect area;                        // where content goes; its height is only a hint
    float bottom_limit = 0;           // lower end of what is visible
    float gap = 0, row_gap = 0;
    float x = 0, y = 0;               // where the next thing goes, before the gap
    bool first = true;                // nothing placed yet (in this line)
    Align align = Align::Start;
    bool wrap = false;
    bool detached = false;            // does not move the outer layout
    float line_height = 0;            // Row, FormGrid: tallest in this line
    float line_assumed = 0;           // Row: height that things are centred in
    float used_right = 0;
    bool spaced = false;              // Row: spacer() was called
    float after_start = 0, after_width = 0;  // Row: what stands after the spacer
    float after_spare = 0;            // Row: what the spacer could give to it still
    std::vector<float> widths;        // Columns, and a FormGrid by content: of each
    int column = 0, columns = 1;      // Columns, FormGrid: the current one, how many
    float cell_width = 0;             // FormGrid
    bool stacked = false, full_next = false;
    Insets padding;
    Rect open_item;
};

struct Memory {                       // what a thing measured in the last frame
    float a = 0, b = 0;
    std::int64_t frame = 0;
};

struct Animation {
    float from = 0, to = 0, value = 0;
    std::int64_t started = 0;
};

struct FieldState {
    bool editing = false, dirty = false;
    std::int64_t frame = 0;
};

struct ScrollPlace {                  // how far a region of the page is scrolled, css px
    std::uint32_t id = 0;
    float x = 0, y = 0;
};
struct ScrollWanted { float x = 0, y = 0; int tries = 0; };

struct OpenPopup {
    std::uint32_t id = 0;
    std::uint32_t return_focus = 0;
    std::int64_t opened_frame = 0, drawn_frame = 0;
    Point at;                         // context menus: where
};

struct PopupScope {                   // a popup being drawn
    std::uint32_t id = 0;
    std::size_t node = 0;
    bool menu = false, sheet = false;
    Rect rect;
    std::vector<std::uint32_t> entries;         // menu items, for the arrow keys
    std::vector<std::string> entry_names;
};

constexpr int reveal_frames_max = 3;

struct Kit {
    std::int64_t frame = 0;
    // --- semantics
    std::vector<std::uint32_t> parents;
    std::uint16_t layer = 0, modal_layer = 0, modal_layer_next = 0;
    int suppressed = 0;               // > 0: nothing is told to the mirror (a parent says it all)
    // --- layout
    std::vector<Layout> layouts;
    std::unordered_map<std::uint32_t, Memory> memory;
    std::vector<std::unique_ptr<ImDrawListSplitter>> splitters;
    std::size_t splitters_used = 0;
    struct OpenCard { std::size_t node = SIZE_MAX; Color background, border; float corner = 0; bool raised = false; Rect place; Insets padding; };
    std::vector<OpenCard> cards;
    struct OpenScroll { std::uint32_t id = 0; std::size_t node = SIZE_MAX; bool child = false; float content_width = 0; Rect place; Insets padding; };
    std::vector<OpenScroll> scrolls;
    std::vector<std::uint8_t> group_frames;
    std::vector<ScrollPlace> scrolls_seen;                             // of the page, in this frame
    std::unordered_map<std::uint32_t, ScrollWanted> scroll_wanted;     // where its regions were when it was left
    bool settles = false;                                              // the pixel ratio has just changed
    bool begins_at_top = false;                                        // whatever they were scrolled to; for one frame
    // --- focus
    std::uint32_t focused = 0;        // the kit's focus; the DOM follows
    std::uint32_t dom_focus = 0;      // the DOM's focus, for text fields
    std::uint32_t wants_focus = 0;    // a field asked for the keyboard in this frame
    bool focus_visible = false;
    bool focus_first = false;         // the next focusable thing takes the focus
    std::uint32_t focus_moved_frame_id = 0;
    std::uint32_t scroll_to_focus = 0;  // brought into view when it is drawn
    bool focus_seen = true;           // what has it was drawn
    bool by_keys = false;             // what was done last was done by a key or by assistive technology
    std::uint32_t left_focus = 0;     // of the page that has just been left
    std::vector<SemanticsNode> nodes_before;  // of the last frame that had what has the focus: what went knows its neighbours
    std::vector<SemanticsNode> nodes_below;   // of the page, from when a dialog opened over it
    int reveal_frames = 0;            // for so long the field that is typed into is brought into full sight: places settle
    Rect field_place;                 // of the field that is drawn now: with its label, and what stands below it
    std::uint32_t typed_at = 0;       // a closed list of choices: while it has the focus letters go into its search, and are no commands
    std::unordered_map<std::uint32_t, FieldState> fields;
    // --- events of the frame
    std::unordered_set<std::uint32_t> activated;
    bool escape_taken = false;
    bool cancel_seen = false;         // Escape in a text field
    // --- interaction
    std::uint32_t drag = 0;           // what is dragged
    bool drag_cancelled = false;
    Point press_point;
    std::int64_t pressed_at = -10'000;  // frame_milliseconds of the last press of a pointer
    std::unordered_map<std::uint32_t, Animation> animations;
    std::vector<OpenPopup> popups;
    std::vector<PopupScope> popup_scopes;
    struct HoverTip { std::string text; Rect rect; std::uint32_t id = 0; } tip;
    std::uint32_t tip_id = 0;
    std::int64_t tip_since = 0;
    std::unordered_map<std::uint32_t, std::string> texts;   // search drafts of picklists and other small texts
    std::unordered_map<std::uint32_t, std::int64_t> numbers;  // small numbers by id: active option, calendar month
    std::size_t announcements_said = 0;  // of the frame before: what was said after its drawing is still to come
    std::shared_ptr<const FindableRows> findable;   // for find-in-page, until the person goes on with the page
    bool apple = false;
};

// --- frame (kit.cpp)
void begin_frame(Context& context);
void end_frame(Context& context);

// --- units
inline float px(const Context& context, float css) { return css * context.scale; }
inline ImVec2 device(const Context& c, Point p) { return {p.x * c.scale, p.y * c.scale}; }
float snap(float device_px);
ImVec2 device_min(const Context& context, const Rect& rect);
ImVec2 device_max(const Context& context, const Rect& rect);
Box box_of(const Context& context, const Rect& rect);
inline ImU32 color32(Color c) {
    return (c.argb & 0xFF00FF00u) | (c.argb & 0xFFu) << 16 | (c.argb >> 16 & 0xFFu);
}
ImDrawList& draw_list();

// --- ids and memory
std::uint32_t hash_id(std::uint32_t seed, std::uint32_t value);
std::uint32_t id_of(std::string_view key);
std::uint32_t next_id(Context& context);            // for things without a key: steady while the layout is
Memory& remember(Context& context, std::uint32_t id);
// Stores what was measured; asks for another frame when it differs from the last one.
void store_measure(Context& context, std::uint32_t id, float a, float b = 0);

// --- semantics
std::size_t emit(Context& context, SemanticsNode node, const Rect& rect);   // SIZE_MAX when suppressed
void set_box(Context& context, std::size_t node, const Rect& rect);
void push_parent(Context& context, std::uint32_t id);
void pop_parent(Context& context);
Role parent_role(Context& context);                  // of the node that holds what is drawn now
void emit_text(Context& context, std::string_view text, const Rect& rect, Role role = Role::Text, int level = 0);
// Says words when what was asked for (of this window) changed and has rested since; "" says nothing.
void say_at_rest(Context& context, std::string asked, std::string_view words);
struct Suppress {                                    // silences what is drawn inside
    explicit Suppress(Context& context) : context_(context) { ++context.kit().suppressed; }
    ~Suppress() { --context_.kit().suppressed; }
    Context& context_;
};
Rect clip_rect(Context& context);

// --- interaction with ImGui (interact.cpp)
struct Press { bool visible = false, hovered = false, held = false, pressed = false, activated = false, right = false, twice = false; };
enum PressFlags : unsigned { press_overlap = 1, press_on_down = 2 };
Press press(Context& context, std::uint32_t id, const Rect& rect, bool disabled, unsigned flags = 0);
void release_active();
void forget_closed_popups(Context& context);          // overlay.cpp, once a frame
bool open_popup_id(std::uint32_t id);
bool is_popup_id_open(std::uint32_t id);
bool begin_popup_id(std::uint32_t id, bool modal);
void close_popup_id(std::uint32_t id);
bool is_top_popup(std::uint32_t id);
void bring_to_front(const char* window_name);
// Tells the frame how far the current window is scrolled, and puts it back to where it was left.
void keep_scroll(Context& context);
void draw_scroll_mark(Context& context);             // for a finger: how far the current window is scrolled; takes no room
void set_scroll(float x, float y);                   // device px of the current window; negative: leave
// Scrolls what is drawn now (as a field: all of it) into sight when a part of it is hidden.
void bring_into_sight(Context& context, const Rect& rect);
bool mouse_clicked_outside(Context& context, const Rect& rect);
std::uint32_t window_id();
void hide_window_once();                             // the current window is not shown in this frame

// --- focus
bool has_focus(Context& context, std::uint32_t id);
inline bool is_typing(const Kit& kit) { return kit.fields.contains(kit.dom_focus); }
void take_focus(Context& context, std::uint32_t id, bool visible);
void draw_focus_ring(Context& context, const Rect& rect, float corner);
bool chord_down(std::string_view chord, bool repeat);
bool key_for(Context& context, std::uint32_t id, std::string_view chord);   // for the thing with that id

// --- layout
Rect open_place(Context& context, float width, float height_hint);
void close_place(Context& context, const Rect& used);
Layout& current(Context& context);
void push_layout(Context& context, Layout layout);
Rect pop_layout(Context& context);                   // what it used
// What a thing may take in a row, css px: behind a spacer more than it took in the last frame, so that it can grow.
float room_to_grow(Context& context);

// --- text
struct TextFont { ImFont* font; float size; float line; };   // device px
TextFont text_font(const Context& context, TextStyle style);
std::string_view shaped(Context& context, std::string_view text);
float shaped_width(Context& context, std::string_view text, TextStyle style);   // device px
std::vector<std::string_view> break_lines(Context& context, std::string_view text, TextStyle style, float width_css);
Color ink_color(const Context& context, Ink ink);
void offer_copy(Context& context, const Rect& place, std::string_view text);
// One line at a place, with an ellipsis; true when it was cut.
bool draw_line(Context& context, const Rect& rect, std::string_view text, TextStyle style, Color color, Align align,
               std::string_view highlight = {});

// --- fields, shared by text, date and picklists
struct FieldFrame { Rect outer, frame; bool label_drawn = false; };
FieldFrame begin_field(Context& context, std::string_view label, const FieldOptions& options, float height, bool can_focus_label = true);
void end_field(Context& context, const FieldFrame& field, const FieldOptions& options);
void draw_field_frame(Context& context, const Rect& frame, const FieldOptions& options, bool hovered, bool focused);
Edited edit_text(Context& context, std::uint32_t id, std::string_view name, std::string& draft, const Rect& frame,
                 const FieldOptions& options, bool multi_line, SemanticsNode extra, bool own_frame = true);
std::string field_description(const FieldOptions& options);
// A list of choices below a field of the same id scope (picklist.cpp): opened at one of them, then drawn each frame;
// gives the chosen one's index, -1 none. `value` is ticked.
void open_choice_list(Context& context, std::int64_t at);
int draw_choice_list(Context& context, const Rect& anchor, std::string_view name, std::span<const Choice> choices, std::string_view value);

void request_tip(Context& context, std::uint32_t id, const Rect& rect, std::string_view text, bool hovered);
bool is_phone_sheet(const Context& context);

}  // namespace outpost::kit
