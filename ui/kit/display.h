// Display: things that show and mostly don't act: badges, avatars, progress, empty states, tiles, the path of stages,
// page headers. Called by: pages and kit.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "ui/kit/button.h"

namespace outpost::kit {

// The page's top: breadcrumbs, icon, title (the one level-1 heading), subtitle; buttons drawn inside the scope stand
// at the right. On phones the title is in the top bar, and only subtitle and buttons are drawn.
struct Crumb { std::string label; std::string address; };
struct PageHeaderOptions {
    std::string_view subtitle = {};
    Icon icon = Icon::None;
    std::span<const Crumb> crumbs = {};
    bool divider = true;
    Rect* beside = nullptr;              // gets the place between title and buttons; on phones that of the subtitle, which isn't drawn
};
class PageHeader {
public:
    PageHeader(Context& context, std::string_view title, PageHeaderOptions options = {});
    ~PageHeader();
    PageHeader(const PageHeader&) = delete;
private:
    Context& context_;
};
void breadcrumbs(Context& context, std::span<const Crumb> crumbs);
// A bar of controls over a full-bleed table or board: padded like the page header, with a line below.
class Toolbar {
public:
    Toolbar(Context& context, std::string_view name);
    ~Toolbar();
    Toolbar(const Toolbar&) = delete;
    void spacer();
private:
    Context& context_;
};

struct BadgeOptions { Icon icon = Icon::None; bool dot = false; Rect at = {}; };
void badge(Context& context, std::string_view text, Tone tone = Tone::Neutral, BadgeOptions options = {});
void badge_color(Context& context, std::string_view text, std::uint32_t rrggbb, BadgeOptions options = {});
// A badge that can be removed (filters, multi-select values): 0 nothing, 1 pressed, 2 remove pressed.
int chip(Context& context, std::string_view key, std::string_view text, bool removable = true);
void avatar(Context& context, std::string_view name, float size = 24);      // initials on a colour of the name
void object_icon(Context& context, Icon icon, std::uint32_t rrggbb, float size = 32);
void icon(Context& context, Icon icon, Ink ink = Ink::Secondary, float size = 16);

// share < 0: unknown how long. Returns true when Cancel was pressed (only with cancel_label).
bool progress_bar(Context& context, std::string_view name, float share, std::string_view detail = {}, std::string_view cancel_label = {});
void skeleton(Context& context, float width, float height);                 // a grey place while loading

struct EmptyOptions {
    Icon icon = Icon::None;
    std::string_view text = {};
    std::string_view action = {};        // a primary button
    Icon action_icon = Icon::None;
    std::string_view second_action = {};
    float height = 0;                    // 0: what it needs
};
// 0 nothing, 1 the action was pressed, 2 the second one.
int empty_state(Context& context, std::string_view title, EmptyOptions options = {});

// A line of tinted colour with icon and text across the page. As empty_state: 1 action, 2 close.
struct BannerOptions { Tone tone = Tone::Info; std::string_view action = {}; bool closable = false; std::string_view detail = {}; };
int banner(Context& context, std::string_view key, std::string_view text, BannerOptions options = {});

// A figure with its label; a link when `address` is given. Stands in FormGrid or Columns.
struct StatOptions { std::string_view detail = {}; Tone tone = Tone::Neutral; Icon icon = Icon::None; std::string_view address = {}; };
void stat_tile(Context& context, std::string_view key, std::string_view label, std::string_view value, StatOptions options = {});

// A row of a list: icon or avatar, title, detail, right side. With an address it is a link. True when pressed.
struct ListItemOptions {
    std::string_view detail = {};
    std::string_view right = {};
    std::string_view right_detail = {};
    Tone right_tone = Tone::Neutral;     // of what stands at the right: Danger for a day that is past
    std::string_view address = {};
    Icon icon = Icon::None;
    std::string_view avatar = {};
    Tone tone = Tone::Neutral;           // of the icon
    bool selected = false;
    bool checkbox = false;               // a tick box at the left (tasks)
    bool* checked = nullptr;
    std::string_view highlight = {};
    std::string_view heading = {};       // whose list it is: a title that begins with it shows the rest
    bool struck = false;                 // done
    bool opens = false;                  // a chevron at the end: a dialog or page with more
    bool asks_first = false;             // pressed, the caller goes to the address, or asks before it does
};
struct ListItemAnswer { bool pressed = false; bool check_changed = false; explicit operator bool() const { return pressed; } };
ListItemAnswer list_item(Context& context, std::string_view key, std::string_view title, ListItemOptions options = {});

// A level-2 heading with a count and buttons at its right (drawn inside the scope).
class SectionHeader {
public:
    SectionHeader(Context& context, std::string_view title, int count = -1);
    ~SectionHeader();
    SectionHeader(const SectionHeader&) = delete;
private:
    Context& context_;
};

// Stages as chevrons: done ones before `current`, the rest ahead; in several rows where one is too narrow for the current
// one's name beside marks of 24 px for the others. Returns the pressed one, -1 none.
struct PathStage { std::string_view label; Tone tone = Tone::Accent; };
int path(Context& context, std::string_view key, std::string_view name, std::span<const PathStage> stages, int current, bool read_only = false);

}  // namespace outpost::kit
