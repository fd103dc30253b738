#include "web/mirror_attributes.h"

#include <cstdlib>

namespace outpost::dom {
namespace {

namespace state = semantics_state;

const char* role_name(Role role) {
    switch (role) {
        case Role::None: case Role::Text: return nullptr;
        case Role::Button: return "button";
        case Role::Link: return nullptr;  // a real <a href>
        case Role::TextField: case Role::TextArea: return nullptr;
        case Role::SearchField: return "searchbox";
        case Role::Checkbox: return "checkbox";
        case Role::Switch: return "switch";
        case Role::Radio: return "radio";
        case Role::Combobox: return "combobox";
        case Role::Listbox: return "listbox";
        case Role::Option: return "option";
        case Role::TabList: return "tablist";
        case Role::Tab: return "tab";
        case Role::TabPanel: return "tabpanel";
        case Role::Menu: return "menu";
        case Role::MenuItem: return "menuitem";
        case Role::Dialog: return "dialog";
        case Role::AlertDialog: return "alertdialog";
        case Role::Alert: return "alert";
        case Role::Status: return "status";
        case Role::Heading: return "heading";
        case Role::Image: return "img";
        case Role::Grid: return "grid";
        case Role::Row: return "row";
        case Role::ColumnHeader: return "columnheader";
        case Role::RowHeader: return "rowheader";
        case Role::Cell: return "gridcell";
        case Role::List: return "list";
        case Role::ListItem: return "listitem";
        case Role::Navigation: return "navigation";
        case Role::Main: return "main";
        case Role::Banner: return "banner";
        case Role::Complementary: return "complementary";
        case Role::Region: return "region";
        case Role::Form: return "form";
        case Role::Search: return "search";
        case Role::Group: return "group";
        case Role::ProgressBar: return "progressbar";
        case Role::Separator: return "separator";
        case Role::Slider: return "slider";
        case Role::Tree: return "tree";
        case Role::TreeItem: return "treeitem";
        case Role::Toolbar: return "toolbar";
        case Role::Tooltip: return "tooltip";
        case Role::Article: return "article";
    }
    return nullptr;
}

// Containers that only give structure: a click goes through them to what lies there.
bool is_structure(Role role) {
    switch (role) {
        case Role::None: case Role::TabList: case Role::TabPanel: case Role::Grid: case Role::List:
        case Role::Navigation: case Role::Main: case Role::Banner: case Role::Complementary: case Role::Region:
        case Role::Form: case Role::Search: case Role::Group: case Role::Separator: case Role::Tree:
        case Role::Toolbar: case Role::Status: case Role::Tooltip: case Role::Article: case Role::ListItem:
            return true;
        default: return false;
    }
}

// Roles whose name is their text.
bool is_named_by_content(Role role) {
    switch (role) {
        case Role::Button: case Role::Link: case Role::Option: case Role::Tab: case Role::MenuItem: case Role::Alert:
        case Role::Status: case Role::Heading: case Role::Text: case Role::Cell: case Role::RowHeader:
        case Role::ColumnHeader: case Role::ListItem: case Role::TreeItem: case Role::Tooltip: case Role::Row:
        case Role::Checkbox: case Role::Radio: case Role::Switch:
            return true;
        default: return false;
    }
}

bool can_be_selected(Role role) {
    switch (role) {
        case Role::Tab: case Role::Option: case Role::Row: case Role::Cell: case Role::RowHeader:
        case Role::ColumnHeader: case Role::TreeItem:
            return true;
        default: return false;
    }
}

const char* input_mode_of(InputKind kind) {
    switch (kind) {
        case InputKind::Email: return "email";
        case InputKind::Phone: return "tel";
        case InputKind::Url: return "url";
        case InputKind::Decimal: return "decimal";
        case InputKind::Integer: return "numeric";
        case InputKind::Search: return "search";
        default: return nullptr;
    }
}

std::string flag(bool on) { return on ? "true" : "false"; }

// What is typed into it searches a list below, which is there (expanded) or not (collapsed).
bool is_combobox(const SemanticsNode& node) { return is_field(node) && (node.states & (state::expanded | state::collapsed)); }

std::string element_id(std::uint32_t id) { return "n" + std::to_string(id); }   // as web/mirror.js names it

void add_field(const SemanticsNode& node, Attributes& out) {
    const bool one_line = tag_of(node) == tag_input;
    if (one_line) {
        const char* kind = "text";
        if (node.input == InputKind::Password) kind = "password";
        if (!is_combobox(node) && (node.role == Role::SearchField || node.input == InputKind::Search)) kind = "search";
        out[type] = kind;
        out[enter_key_hint] = node.input == InputKind::Search ? "search" : "done";
    }
    if (const char* mode = input_mode_of(node.input)) out[input_mode] = mode;
    out[direction] = "auto";  // Hebrew or Arabic is typed the way it runs
    // A CRM's fields hold other people's names and addresses, not this person's own.
    out[autocomplete] = node.input == InputKind::Password ? "current-password" : "off";
    out[spellcheck] = flag(node.input == InputKind::Text || node.input == InputKind::MultiLine);
    if (is_combobox(node)) {
        out[role] = "combobox";
        out[completes] = "list";
    }
    if (!node.placeholder.empty()) out[placeholder] = node.placeholder;
    if (node.states & state::disabled) out[field_disabled] = "";
    if (node.states & state::read_only) out[field_read_only] = "";
}

void add_states(const SemanticsNode& node, Attributes& out) {
    const std::uint32_t s = node.states;
    const bool checkable = node.role == Role::Checkbox || node.role == Role::Switch || node.role == Role::Radio;
    const bool selectable = node.role == Role::Tab || node.role == Role::Option;
    if ((s & state::disabled) && !is_field(node)) out[disabled] = "true";
    if (checkable || ((s & (state::checked | state::mixed)) && node.role == Role::MenuItem))
        out[checked] = (s & state::mixed) ? "mixed" : flag(s & state::checked);
    // A button is pressed, a link or a menu's item is current; only what stands in a set can be selected. What opens something
    // says whether it is open.
    if (node.role == Role::Button && (s & (state::selected | state::checked))) out[pressed] = (s & state::has_popup) ? Attributes::value_type() : "true";
    else if (!can_be_selected(node.role) && (s & state::selected)) out[current] = "true";
    else if (selectable || (s & state::selected)) out[selected] = flag(s & state::selected);
    if (s & state::expanded) out[expanded] = "true";
    else if ((s & state::collapsed) || node.role == Role::Combobox) out[expanded] = "false";
    if (s & state::has_popup) out[has_popup] = node.role == Role::Combobox ? "listbox" : (s & state::opens_dialog) ? "dialog" : "menu";
    if (s & state::multi_selectable) out[multi_selectable] = "true";
    if (s & state::required) out[required] = "true";
    if (s & state::invalid) out[invalid] = "true";
    if ((s & state::read_only) && !is_field(node) && node.role != Role::Text) out[read_only] = "true";
    if (s & state::modal) out[modal] = "true";
    if (s & state::current) out[current] = "page";
    if (s & state::sorted_ascending) out[sort] = "ascending";
    if (s & state::sorted_descending) out[sort] = "descending";
    if (s & state::live_polite) out[live] = "polite";
    if (s & state::off_screen) out[hidden] = "until-found";
    if (s & state::focusable) out[tab_index] = (s & state::disabled) ? "-1" : "0";
    else if (is_interactive(node.role) && !is_field(node)) out[tab_index] = "-1";
}

}  // namespace

bool is_field(const SemanticsNode& node) {
    return node.input != InputKind::None || node.role == Role::TextField || node.role == Role::SearchField ||
           node.role == Role::TextArea;
}

bool is_interactive(Role role) {
    switch (role) {
        case Role::Button: case Role::Link: case Role::TextField: case Role::SearchField: case Role::TextArea:
        case Role::Checkbox: case Role::Switch: case Role::Radio: case Role::Combobox: case Role::Option:
        case Role::Tab: case Role::MenuItem: case Role::Slider: case Role::TreeItem:
            return true;
        default: return false;
    }
}

Tag tag_of(const SemanticsNode& node) {
    if (node.role == Role::Link && !node.link.empty()) return tag_a;
    if (!is_field(node)) return tag_div;
    return node.role == Role::TextArea || node.input == InputKind::MultiLine ? tag_textarea : tag_input;
}

std::string content_of(const SemanticsNode& node, bool has_children) {
    if (is_field(node)) return {};
    if (node.role == Role::Combobox) return has_children ? std::string() : node.value;
    if (node.role == Role::Text || node.role == Role::None) return node.name;
    return is_named_by_content(node.role) && !has_children ? node.name : std::string();
}

Attributes attributes_of(const SemanticsNode& node, bool has_children) {
    Attributes out;
    if (const char* name = role_name(node.role)) {
        // A search field's own type says it; a field with suggestions keeps its combobox role.
        if (!(is_field(node) && node.role == Role::SearchField)) out[role] = name;
    }
    if (node.role == Role::Link && node.link.empty()) out[role] = "link";
    const bool labelled = is_field(node) || node.role == Role::Combobox || !is_named_by_content(node.role) || has_children;
    if (labelled && !node.name.empty() && node.role != Role::Text && node.role != Role::None) out[label] = node.name;
    if (tag_of(node) == tag_a) out[href] = node.link;
    if (is_field(node)) add_field(node, out);
    add_states(node, out);
    if (node.role == Role::Slider || node.role == Role::ProgressBar) {
        if (!node.value.empty()) out[value_text] = node.value;
        out[value_now] = std::to_string(std::strtol(node.value.c_str(), nullptr, 10));
    }
    if (node.controls) out[controls] = element_id(node.controls);
    if (node.active) out[active_descendant] = element_id(node.active);
    if (!node.description.empty()) out[description] = node.description;
    if (!node.shortcut.empty()) out[key_shortcuts] = node.shortcut;
    if (node.level > 0 || node.role == Role::Heading) out[level] = std::to_string(node.level > 0 ? node.level : 2);
    const bool in_set = node.role == Role::ListItem || node.role == Role::Option || node.role == Role::TreeItem;
    if (node.row_index > 0) out[in_set ? position_in_set : row_index] = std::to_string(node.row_index);
    if (in_set && node.row_count != 0) out[set_size] = std::to_string(node.row_count);
    if (node.column_index > 0) out[column_index] = std::to_string(node.column_index);
    if (node.role == Role::Grid && node.row_count != 0) out[row_count] = std::to_string(node.row_count);
    if (node.role == Role::Grid && node.column_count != 0) out[column_count] = std::to_string(node.column_count);
    std::string classes = "m";
    if (is_structure(node.role)) classes += " through";
    out[style_class] = classes;
    return out;
}

bool same_attributes(const SemanticsNode& a, const SemanticsNode& b) {
    constexpr std::uint32_t focus_states = state::focused | state::wants_focus;
    return a.role == b.role && a.input == b.input && (a.states & ~focus_states) == (b.states & ~focus_states) &&
           a.level == b.level && a.row_index == b.row_index && a.column_index == b.column_index &&
           a.row_count == b.row_count && a.column_count == b.column_count && a.controls == b.controls && a.active == b.active && a.name == b.name && a.value == b.value &&
           a.description == b.description && a.placeholder == b.placeholder && a.link == b.link &&
           a.shortcut == b.shortcut;
}

}  // namespace outpost::dom
