// The semantics of one drawn frame (what is where, with which role and name) and the page events that come back.
// ui fills a SemanticsFrame through its widget layer; web mirrors it into DOM elements over the canvas (for screen
// readers, find-in-page, native text fields and browser tests); UI tests read it directly.
// Invariant: ids are stable from frame to frame for the same widget; a parent comes before its children.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

enum class Role : std::uint8_t {
    None, Button, Link, TextField, SearchField, TextArea, Checkbox, Switch, Radio, Combobox, Listbox, Option,
    TabList, Tab, TabPanel, Menu, MenuItem, Dialog, AlertDialog, Alert, Status, Heading, Text, Image,
    Grid, Row, ColumnHeader, RowHeader, Cell, List, ListItem, Navigation, Main, Banner, Complementary, Region, Form,
    Search, Group, ProgressBar, Separator, Slider, Tree, TreeItem, Toolbar, Tooltip, Article,
};

// How a text field is edited: chooses type, inputmode and autocomplete of the DOM field.
enum class InputKind : std::uint8_t { None, Text, Search, Email, Phone, Url, Decimal, Integer, Date, Time, DateTime, MultiLine, Password };

// Flags of SemanticsNode::states.
namespace semantics_state {
inline constexpr std::uint32_t disabled = 1u << 0;
inline constexpr std::uint32_t checked = 1u << 1;
inline constexpr std::uint32_t mixed = 1u << 2;
inline constexpr std::uint32_t selected = 1u << 3;
inline constexpr std::uint32_t expanded = 1u << 4;
inline constexpr std::uint32_t collapsed = 1u << 5;      // can be expanded, is not
inline constexpr std::uint32_t has_popup = 1u << 6;
inline constexpr std::uint32_t required = 1u << 7;
inline constexpr std::uint32_t invalid = 1u << 8;
inline constexpr std::uint32_t read_only = 1u << 9;
inline constexpr std::uint32_t modal = 1u << 10;
inline constexpr std::uint32_t current = 1u << 11;        // aria-current="page"
inline constexpr std::uint32_t focusable = 1u << 12;      // takes part in Tab order
inline constexpr std::uint32_t focused = 1u << 13;        // ImGui's own focus is here: the DOM follows
inline constexpr std::uint32_t draggable = 1u << 14;
inline constexpr std::uint32_t sorted_ascending = 1u << 15;
inline constexpr std::uint32_t sorted_descending = 1u << 16;
inline constexpr std::uint32_t off_screen = 1u << 17;     // clipped away, still found by find-in-page
inline constexpr std::uint32_t live_polite = 1u << 18;
inline constexpr std::uint32_t wants_focus = 1u << 19;    // a field that should take the keyboard now (once)
inline constexpr std::uint32_t opens_dialog = 1u << 20;   // with has_popup: no menu
inline constexpr std::uint32_t multi_selectable = 1u << 21;  // a Listbox of which several can be chosen
}  // namespace semantics_state

struct Box {  // device pixels, origin top left of the canvas
    float x = 0, y = 0, width = 0, height = 0;
};

struct SemanticsNode {
    std::uint32_t id = 0;      // never 0; ImGui's id of the widget, or a hash
    std::uint32_t parent = 0;  // 0: the page itself
    std::uint32_t controls = 0, active = 0;  // of what has a Listbox below it: that, and the Option that a field's keys have come to; 0: none
    Role role = Role::None;
    InputKind input = InputKind::None;
    std::uint32_t states = 0;
    Box box;
    Box clip;                  // what is visible of the box's surroundings (the window's inner clip rectangle)
    std::uint16_t layer = 0;   // drawing order of windows: popups are above
    std::string name;          // accessible name; the text itself for Text and Heading
    std::string value;         // text fields: the draft; sliders and combo boxes: the value in words
    std::string description;   // help or the error message of a field
    std::string placeholder;
    std::string link;          // Link: address relative to the page ("#/Lead/00Q..."), "" otherwise
    std::string shortcut;      // aria-keyshortcuts
    std::int32_t level = 0;    // headings 1-6, tree levels
    std::int32_t row_index = 0, column_index = 0;    // 1-based, absolute
    std::int32_t row_count = 0, column_count = 0;    // of a Grid or List; -1 unknown
    float font_px = 0;         // text fields: size of the drawn text in device pixels
    std::uint32_t text_color = 0;  // text fields: 0xAABBGGRR
    std::uint8_t text_align = 0;   // 0 left, 1 centre, 2 right
    bool scrolls = false;          // a group whose box is that of all its content, wherever it was scrolled to: it has no clip
};

// Rows of a grid that are scrolled away, as texts that the browser's find-in-page can reach. Made once when the
// person begins to search; the same object in every frame until it is dropped.
struct FindableRows {
    struct Row { std::int32_t row_index = 0; std::string text; };  // row_index as the grid's nodes have it
    std::uint32_t grid = 0;    // id of the grid's node
    std::vector<Row> rows;
};

// What a finger may drag: a row to the side (as soon as it moves sideways), anything else after a long press. Whatever
// else a finger does there scrolls.
struct TouchArea {
    Box box;
    bool sideways = false;
};

struct SemanticsFrame {
    std::vector<SemanticsNode> nodes;
    std::vector<TouchArea> touch_areas;
    std::shared_ptr<const FindableRows> findable;
    std::string page_title;
    std::string language;  // BCP 47 of the texts
    std::vector<std::string> announcements;  // said once, politely
    void clear() { nodes.clear(); touch_areas.clear(); announcements.clear(); findable.reset(); }
};

enum class PageEventKind : std::uint8_t {
    Activate,     // assistive technology or a test pressed it without a pointer
    Focus,        // DOM focus moved to it
    Blur,         // DOM focus left it
    TextEdited,   // `text` is the whole new value of a text field
    TextCommit,   // Enter in a one-line field (or Ctrl+Enter in a text area)
    TextCancel,   // Escape in a text field
    Navigate,     // the address changed: `text` is the hash route
    Key,          // a shortcut that the field did not take
    FilesDropped, // files were dropped or picked: fetch them through Files
    Paste,        // text pasted outside of a field: `text`
    Found,        // find-in-page came upon a row that is scrolled away: the grid's id, `text` is the row_index
};

struct PageEvent {
    PageEventKind kind = PageEventKind::Activate;
    std::uint32_t id = 0;
    std::string text;
};

}  // namespace outpost
