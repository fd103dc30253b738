#include "ui/icons.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include "imgui.h"

namespace outpost {
namespace {

// Strokes on a 24-unit grid. M x y: begin; L x y: line to; C x1 y1 x2 y2 x y: cubic; O x y r: circle; D x y r: dot
// (filled); R x y w h r: rounded rectangle; Z: close. One line an icon.
struct Drawing { Icon icon; const char* strokes; };
constexpr Drawing drawings[] = {
    {Icon::Home, "M3.5 11 L12 4 L20.5 11 M6 9.5 L6 19 C6 19.6 6.4 20 7 20 L17 20 C17.6 20 18 19.6 18 19 L18 9.5 M10 20 L10 14.5 L14 14.5 L14 20"},
    {Icon::Lead, "O12 12 8.5 O12 12 4.5 D12 12 1.3"},
    {Icon::Account, "M4 20.5 L4 5.5 C4 4.7 4.7 4 5.5 4 L12.5 4 C13.3 4 14 4.7 14 5.5 L14 20.5 M14 10 L18.5 10 C19.3 10 20 10.7 20 11.5 L20 20.5 M2.5 20.5 L21.5 20.5 M7.5 8 L10.5 8 M7.5 12 L10.5 12 M7.5 16 L10.5 16 M17 14 L17 14.1 M17 17.2 L17 17.3"},
    {Icon::Building, "M5 20.5 L5 5.5 C5 4.7 5.7 4 6.5 4 L17.5 4 C18.3 4 19 4.7 19 5.5 L19 20.5 M3 20.5 L21 20.5 M9 8 L9 8.1 M15 8 L15 8.1 M9 12 L9 12.1 M15 12 L15 12.1 M10 20.5 L10 16.5 L14 16.5 L14 20.5"},
    {Icon::Contact, "O12 8.2 3.9 M4.5 20 C4.9 16 8 14.3 12 14.3 C16 14.3 19.1 16 19.5 20"},
    {Icon::User, "O12 12 8.7 O12 9.8 3 M6.4 18.4 C7.4 16 9.5 15.2 12 15.2 C14.5 15.2 16.6 16 17.6 18.4"},
    {Icon::Opportunity, "M4 7.5 L20 7.5 M4 7.5 C3.2 7.5 3 8 3 8.5 L3 18 C3 18.8 3.7 19.5 4.5 19.5 L19.5 19.5 C20.3 19.5 21 18.8 21 18 L21 8.5 C21 8 20.8 7.5 20 7.5 M8.5 7.5 L8.5 6 C8.5 5 9.2 4.5 10 4.5 L14 4.5 C14.8 4.5 15.5 5 15.5 6 L15.5 7.5 M3 12.5 L10 12.5 M14 12.5 L21 12.5 M10 11 L14 11 L14 14.5 L10 14.5 Z"},
    {Icon::Task, "R4 4 16 16 3.5 M8.2 12.2 L11 15 L16 9.5"},
    {Icon::Event, "R3.8 5.5 16.4 15 2.5 M3.8 10 L20.2 10 M8 3.2 L8 7 M16 3.2 L16 7 M8 14 L8 14.1 M12 14 L12 14.1 M16 14 L16 14.1 M8 17.3 L8 17.4 M12 17.3 L12 17.4"},
    {Icon::Calendar, "R3.8 5.5 16.4 15 2.5 M3.8 10 L20.2 10 M8 3.2 L8 7 M16 3.2 L16 7"},
    {Icon::Product, "M12 3 L20 7.3 L20 16.7 L12 21 L4 16.7 L4 7.3 Z M4 7.3 L12 11.6 L20 7.3 M12 11.6 L12 21 M8 5.2 L16 9.5"},
    {Icon::Custom, "M12 3.5 L20 8 L12 12.5 L4 8 Z M4 12 L12 16.5 L20 12 M4 16 L12 20.5 L20 16"},
    {Icon::Search, "O10.8 10.8 6.6 M15.8 15.8 L20.5 20.5"},
    {Icon::Plus, "M12 5 L12 19 M5 12 L19 12"},
    {Icon::Minus, "M5 12 L19 12"},
    {Icon::Check, "M4.8 12.6 L9.8 17.5 L19.4 7"},
    {Icon::Close, "M6 6 L18 18 M18 6 L6 18"},
    {Icon::ChevronDown, "M6.5 9.5 L12 15 L17.5 9.5"},
    {Icon::ChevronUp, "M6.5 14.5 L12 9 L17.5 14.5"},
    {Icon::ChevronLeft, "M14.5 6.5 L9 12 L14.5 17.5"},
    {Icon::ChevronRight, "M9.5 6.5 L15 12 L9.5 17.5"},
    {Icon::ArrowLeft, "M20 12 L4.5 12 M11 5.5 L4.5 12 L11 18.5"},
    {Icon::ArrowRight, "M4 12 L19.5 12 M13 5.5 L19.5 12 L13 18.5"},
    {Icon::ArrowUp, "M12 20 L12 4.5 M5.5 11 L12 4.5 L18.5 11"},
    {Icon::ArrowDown, "M12 4 L12 19.5 M5.5 13 L12 19.5 L18.5 13"},
    {Icon::More, "D5.5 12 1.5 D12 12 1.5 D18.5 12 1.5"},
    {Icon::MoreVertical, "D12 5.5 1.5 D12 12 1.5 D12 18.5 1.5"},
    {Icon::Edit, "M4.5 19.5 L5.4 15.5 L15.8 5.1 C16.6 4.3 17.7 4.3 18.5 5.1 L18.9 5.5 C19.7 6.3 19.7 7.4 18.9 8.2 L8.5 18.6 Z M14 7 L17 10"},
    {Icon::Trash, "M4.5 6.5 L19.5 6.5 M9 6.5 L9 5 C9 4.3 9.5 3.8 10.2 3.8 L13.8 3.8 C14.5 3.8 15 4.3 15 5 L15 6.5 M6.2 6.5 L7 18.8 C7.1 19.8 7.8 20.4 8.7 20.4 L15.3 20.4 C16.2 20.4 16.9 19.8 17 18.8 L17.8 6.5 M10 10.5 L10 16.5 M14 10.5 L14 16.5"},
    {Icon::Undo, "M4.5 9.5 L14.5 9.5 C17.5 9.5 20 11.8 20 14.7 C20 17.6 17.5 19.5 14.5 19.5 L9 19.5 M8.5 5.5 L4.5 9.5 L8.5 13.5"},
    {Icon::Redo, "M19.5 9.5 L9.5 9.5 C6.5 9.5 4 11.8 4 14.7 C4 17.6 6.5 19.5 9.5 19.5 L15 19.5 M15.5 5.5 L19.5 9.5 L15.5 13.5"},
    {Icon::Import, "M12 3.5 L12 15 M7.3 10.3 L12 15 L16.7 10.3 M4 15.5 L4 18 C4 19.2 4.8 20 6 20 L18 20 C19.2 20 20 19.2 20 18 L20 15.5"},
    {Icon::Export, "M12 15 L12 3.8 M7.3 8.3 L12 3.6 L16.7 8.3 M4 15.5 L4 18 C4 19.2 4.8 20 6 20 L18 20 C19.2 20 20 19.2 20 18 L20 15.5"},
    {Icon::Settings, "M4 7 L13 7 M19 7 L20 7 O16 7 2.6 M4 17 L5 17 M11 17 L20 17 O8 17 2.6"},
    {Icon::Board, "R3.8 4.5 4.6 15 1.6 R9.9 4.5 4.6 10 1.6 R16 4.5 4.6 12.5 1.6"},
    {Icon::List, "M8.5 6.5 L20 6.5 M8.5 12 L20 12 M8.5 17.5 L20 17.5 D4.5 6.5 1.1 D4.5 12 1.1 D4.5 17.5 1.1"},
    {Icon::Sort, "M8 5 L8 19 M4.5 15.5 L8 19 L11.5 15.5 M16 19 L16 5 M12.5 8.5 L16 5 L19.5 8.5"},
    {Icon::Filter, "M4 6.5 L20 6.5 M7 12 L17 12 M10 17.5 L14 17.5"},
    {Icon::Sun, "O12 12 3.8 M12 2.8 L12 4.8 M12 19.2 L12 21.2 M2.8 12 L4.8 12 M19.2 12 L21.2 12 M5.5 5.5 L6.9 6.9 M17.1 17.1 L18.5 18.5 M18.5 5.5 L17.1 6.9 M6.9 17.1 L5.5 18.5"},
    {Icon::Moon, "M19.8 14.2 C18.7 14.7 17.5 15 16.2 15 C12 15 8.8 11.8 8.8 7.6 C8.8 6.4 9.1 5.2 9.6 4.2 C6.2 5.2 3.9 8.3 3.9 12 C3.9 16.6 7.4 20.2 12 20.2 C15.7 20.2 18.7 17.7 19.8 14.2"},
    {Icon::Phone, "M6 3.8 L8.6 3.8 C9.2 3.8 9.7 4.2 9.9 4.8 L10.8 8 C11 8.6 10.8 9.2 10.3 9.6 L8.8 10.8 C9.8 12.8 11.2 14.2 13.2 15.2 L14.4 13.7 C14.8 13.2 15.4 13 16 13.2 L19.2 14.1 C19.8 14.3 20.2 14.8 20.2 15.4 L20.2 18 C20.2 19.2 19.2 20.3 17.9 20.2 C10.5 19.7 4.3 13.5 3.8 6.1 C3.7 4.8 4.8 3.8 6 3.8"},
    {Icon::Mail, "R3.5 5 17 14 2.5 M4 7 L12 13 L20 7"},
    {Icon::Link, "M10 14 C11.5 15.6 13.8 15.6 15.2 14.1 L18.6 10.7 C20.1 9.2 20.1 6.9 18.6 5.4 C17.1 3.9 14.8 3.9 13.3 5.4 L12 6.7 M14 10 C12.5 8.4 10.2 8.4 8.8 9.9 L5.4 13.3 C3.9 14.8 3.9 17.1 5.4 18.6 C6.9 20.1 9.2 20.1 10.7 18.6 L12 17.3"},
    {Icon::Star, "M12 3.8 L14.5 9 L20.3 9.8 L16.1 13.8 L17.1 19.6 L12 16.8 L6.9 19.6 L7.9 13.8 L3.7 9.8 L9.5 9 Z"},
    {Icon::StarFilled, "M12 3.8 L14.5 9 L20.3 9.8 L16.1 13.8 L17.1 19.6 L12 16.8 L6.9 19.6 L7.9 13.8 L3.7 9.8 L9.5 9 F"},
    {Icon::Warning, "M10.5 4.6 L3.2 17.4 C2.5 18.6 3.4 20 4.7 20 L19.3 20 C20.6 20 21.5 18.6 20.8 17.4 L13.5 4.6 C12.8 3.4 11.2 3.4 10.5 4.6 M12 9.5 L12 13.5 M12 16.5 L12 16.6"},
    {Icon::Info, "O12 12 8.5 M12 11.2 L12 16.2 M12 8 L12 8.1"},
    {Icon::Error, "O12 12 8.5 M12 7.8 L12 12.8 M12 16 L12 16.1"},
    {Icon::Clock, "O12 12 8.5 M12 7 L12 12 L15.5 14"},
    {Icon::DragHandle, "D9 6 1.3 D15 6 1.3 D9 12 1.3 D15 12 1.3 D9 18 1.3 D15 18 1.3"},
    {Icon::Offline, "M3.5 3.5 L20.5 20.5 M8.2 7.2 C9.3 6.4 10.6 6 12 6 C15 6 17.4 8 18 10.8 C20 11 21.5 12.6 21.5 14.7 C21.5 15.8 21.1 16.8 20.4 17.5 M17 18.5 L7 18.5 C4.5 18.5 2.5 16.6 2.5 14.1 C2.5 11.9 4 10.2 6 9.8"},
    {Icon::CloudCheck, "M7 18.5 C4.5 18.5 2.5 16.6 2.5 14.1 C2.5 11.8 4.1 10 6.3 9.7 C7 7.4 9.2 6 11.8 6 C14.9 6 17.4 8 18 10.8 C20 11 21.5 12.6 21.5 14.7 C21.5 16.8 19.8 18.5 17.7 18.5 Z M9 13.3 L11.3 15.5 L15.2 11.2"},
    {Icon::Saving, "M20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 C14.8 4 17.2 5.4 18.6 7.5 M19 3.8 L19 8 L14.8 8"},
    {Icon::Refresh, "M20 12 C20 16.4 16.4 20 12 20 C7.6 20 4 16.4 4 12 C4 7.6 7.6 4 12 4 C14.8 4 17.2 5.4 18.6 7.5 M19 3.8 L19 8 L14.8 8"},
    {Icon::Menu, "M4 6.5 L20 6.5 M4 12 L20 12 M4 17.5 L20 17.5"},
    {Icon::Convert, "M4 8 L19 8 M15 4 L19 8 L15 12 M20 16 L5 16 M9 12 L5 16 L9 20"},
    {Icon::Copy, "R8.5 8.5 11.5 11.5 2.2 M5.5 15.5 L5 15.5 C4.2 15.5 3.8 15 3.8 14.3 L3.8 5.5 C3.8 4.5 4.5 3.8 5.5 3.8 L14.3 3.8 C15 3.8 15.5 4.2 15.5 5 L15.5 5.5"},
    {Icon::Columns, "R3.8 4.5 16.4 15 2.2 M9.3 4.5 L9.3 19.5 M14.7 4.5 L14.7 19.5"},
    {Icon::Sidebar, "R3.8 4.5 16.4 15 2.2 M9.3 4.5 L9.3 19.5"},
    {Icon::Globe, "O12 12 8.5 M3.5 12 L20.5 12 M12 3.5 C14.5 6 15.5 9 15.5 12 C15.5 15 14.5 18 12 20.5 C9.5 18 8.5 15 8.5 12 C8.5 9 9.5 6 12 3.5"},
    {Icon::Keyboard, "R2.8 6 18.4 12 2.2 M6.5 10 L6.5 10.1 M10.2 10 L10.2 10.1 M13.8 10 L13.8 10.1 M17.5 10 L17.5 10.1 M8 14.2 L16 14.2"},
    {Icon::Pin, "M12 14.5 L12 20.5 M7 14.5 L17 14.5 L15.5 11 L15.5 5 L16.5 3.8 L7.5 3.8 L8.5 5 L8.5 11 Z"},
    {Icon::Note, "M6 3.8 L14.5 3.8 L19 8.3 L19 18.5 C19 19.5 18.4 20.2 17.4 20.2 L6.6 20.2 C5.6 20.2 5 19.5 5 18.5 L5 5.2 C5 4.4 5.4 3.8 6 3.8 M14.2 4 L14.2 8.6 L18.8 8.6 M8.5 12.5 L15.5 12.5 M8.5 16 L13 16"},
    {Icon::File, "M6 3.8 L14.5 3.8 L19 8.3 L19 18.5 C19 19.5 18.4 20.2 17.4 20.2 L6.6 20.2 C5.6 20.2 5 19.5 5 18.5 L5 5.2 C5 4.4 5.4 3.8 6 3.8 M14.2 4 L14.2 8.6 L18.8 8.6"},
    {Icon::Folder, "M3.5 7 C3.5 6 4.2 5.2 5.2 5.2 L9.3 5.2 L11.5 7.6 L18.8 7.6 C19.8 7.6 20.5 8.4 20.5 9.3 L20.5 17.2 C20.5 18.2 19.8 19 18.8 19 L5.2 19 C4.2 19 3.5 18.2 3.5 17.2 Z"},
    {Icon::Chart, "M4 4 L4 20 L20 20 M8.5 16 L8.5 11.5 M13 16 L13 7.5 M17.5 16 L17.5 10"},
    {Icon::Trophy, "M7.5 4 L16.5 4 L16.5 9.5 C16.5 12.2 14.5 14 12 14 C9.5 14 7.5 12.2 7.5 9.5 Z M7.5 5.5 L4.5 5.5 C4.5 8.5 5.5 10 7.8 10.4 M16.5 5.5 L19.5 5.5 C19.5 8.5 18.5 10 16.2 10.4 M12 14 L12 17.5 M8.5 20 L15.5 20 M10 20 C10 18.5 10.5 17.5 12 17.5 C13.5 17.5 14 18.5 14 20"},
    {Icon::Command, "M9 9 L15 9 L15 15 L9 15 Z M9 9 L6.8 9 C5.3 9 4.2 8 4.2 6.6 C4.2 5.2 5.3 4.2 6.6 4.2 C8 4.2 9 5.3 9 6.8 L9 17.2 C9 18.7 8 19.8 6.6 19.8 C5.2 19.8 4.2 18.7 4.2 17.4 C4.2 16 5.3 15 6.8 15 L17.2 15 C18.7 15 19.8 16 19.8 17.4 C19.8 18.8 18.7 19.8 17.4 19.8 C16 19.8 15 18.7 15 17.2 L15 6.8 C15 5.3 16 4.2 17.4 4.2 C18.8 4.2 19.8 5.3 19.8 6.6 C19.8 8 18.7 9 17.2 9 L15 9"},
    {Icon::Eye, "M2.8 12 C4.8 7.8 8.2 5.8 12 5.8 C15.8 5.8 19.2 7.8 21.2 12 C19.2 16.2 15.8 18.2 12 18.2 C8.2 18.2 4.8 16.2 2.8 12 O12 12 2.9"},
    {Icon::Hierarchy, "R9 3.5 6 5 1.4 R3.5 15.5 6 5 1.4 R14.5 15.5 6 5 1.4 M12 8.5 L12 12 M6.5 15.5 L6.5 12 L17.5 12 L17.5 15.5"},
    {Icon::Message, "M5.5 4.5 L18.5 4.5 C19.6 4.5 20.5 5.4 20.5 6.5 L20.5 14.5 C20.5 15.6 19.6 16.5 18.5 16.5 L11 16.5 L6.5 20 L6.5 16.5 L5.5 16.5 C4.4 16.5 3.5 15.6 3.5 14.5 L3.5 6.5 C3.5 5.4 4.4 4.5 5.5 4.5 Z"},
    {Icon::MapPin, "M12 20.5 C8 16 5.5 12.8 5.5 9.8 C5.5 6.2 8.4 3.5 12 3.5 C15.6 3.5 18.5 6.2 18.5 9.8 C18.5 12.8 16 16 12 20.5 O12 9.8 2.4"},
    {Icon::Merge, "M5 4 L12 11 L19 4 M12 11 L12 20 M8.5 16.5 L12 20 L15.5 16.5"},
    {Icon::Tag, "M3.8 5.2 C3.8 4.4 4.4 3.8 5.2 3.8 L11.5 3.8 C12 3.8 12.4 4 12.7 4.3 L19.6 11.2 C20.4 12 20.4 13.2 19.6 14 L14 19.6 C13.2 20.4 12 20.4 11.2 19.6 L4.3 12.7 C4 12.4 3.8 12 3.8 11.5 Z D8.2 8.2 1.3"},
};

const char* strokes_of(Icon icon) {
    for (const Drawing& drawing : drawings)
        if (drawing.icon == icon) return drawing.strokes;
    return "";
}

struct Pen {
    ImDrawList& list;
    ImVec2 origin;
    float unit;
    ImU32 color;
    float thickness;
    ImVec2 at(float x, float y) const { return {origin.x + x * unit, origin.y + y * unit}; }

    // Round ends: dots of the stroke's width at both.
    void finish(bool closed, bool filled) {
        if (list._Path.Size == 0) return;
        if (filled) { list.PathFillConcave(color); return; }
        const ImVec2 first = list._Path.front(), last = list._Path.back();
        list.PathStroke(color, closed ? ImDrawFlags_Closed : 0, thickness);
        if (closed || thickness < 1.5f) return;
        list.AddCircleFilled(first, thickness / 2, color, 10);
        list.AddCircleFilled(last, thickness / 2, color, 10);
    }
};

// "-3.25", after blanks. An icon has dozens of them in every frame, and the library's reading does far more than these need.
float read_number(const char*& at) {
    const auto is_digit = [&] { return *at >= '0' && *at <= '9'; };
    while (*at == ' ') ++at;
    const bool negative = *at == '-';
    if (negative) ++at;
    float digits = 0, unit = 1;
    for (; is_digit(); ++at) digits = digits * 10 + static_cast<float>(*at - '0');
    if (*at == '.')
        for (++at; is_digit(); ++at) digits = digits * 10 + static_cast<float>(*at - '0'), unit *= 10;
    return (negative ? -digits : digits) / unit;
}

}  // namespace

void draw_icon_strokes(ImDrawList& list, Icon icon, ImVec2 origin, float size, ImU32 color, float thickness) {
    Pen pen{list, origin, size / 24, color, thickness};
    const char* at = strokes_of(icon);
    const auto number = [&] { return read_number(at); };
    bool open = false;
    while (*at) {
        const char op = *at++;
        switch (op) {
            case 'M': {
                if (open) pen.finish(false, false);
                const float x = number(), y = number();
                list.PathLineTo(pen.at(x, y));
                open = true;
                break;
            }
            case 'L': { const float x = number(), y = number(); list.PathLineTo(pen.at(x, y)); break; }
            case 'C': {
                const float x1 = number(), y1 = number(), x2 = number(), y2 = number(), x = number(), y = number();
                list.PathBezierCubicCurveTo(pen.at(x1, y1), pen.at(x2, y2), pen.at(x, y), 8);
                break;
            }
            case 'Z': case 'F': pen.finish(true, op == 'F'); open = false; break;
            case 'O': case 'D': {
                if (open) { pen.finish(false, false); open = false; }
                const float x = number(), y = number(), r = number();
                if (op == 'O') list.AddCircle(pen.at(x, y), r * pen.unit, color, 0, thickness);
                else list.AddCircleFilled(pen.at(x, y), r * pen.unit, color, 0);
                break;
            }
            case 'R': {
                if (open) { pen.finish(false, false); open = false; }
                const float x = number(), y = number(), w = number(), h = number(), r = number();
                list.AddRect(pen.at(x, y), pen.at(x + w, y + h), color, r * pen.unit, 0, thickness);
                break;
            }
            default: break;
        }
    }
    if (open) pen.finish(false, false);
}

Icon icon_of_name(std::string_view name) {
    static constexpr struct { std::string_view name; Icon icon; } known[] = {
        {"home", Icon::Home}, {"lead", Icon::Lead}, {"account", Icon::Account}, {"contact", Icon::Contact},
        {"opportunity", Icon::Opportunity}, {"task", Icon::Task}, {"event", Icon::Event}, {"product", Icon::Product},
        {"product2", Icon::Product}, {"user", Icon::User}, {"star", Icon::Star}, {"calendar", Icon::Calendar},
        {"chart", Icon::Chart}, {"building", Icon::Building}, {"note", Icon::Note}, {"file", Icon::File}, {"tag", Icon::Tag},
        {"phone", Icon::Phone}, {"mail", Icon::Mail}, {"trophy", Icon::Trophy}, {"folder", Icon::Folder}, {"globe", Icon::Globe},
        {"clock", Icon::Clock}, {"link", Icon::Link}, {"pin", Icon::Pin}, {"settings", Icon::Settings}, {"list", Icon::List},
        {"organization", Icon::Building},
    };
    std::string lower;
    for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const auto& each : known)
        if (each.name == lower) return each.icon;
    return Icon::None;
}

Icon icon_of_object(std::string_view api_name, std::string_view icon_name) {
    if (const Icon named = icon_of_name(icon_name); named != Icon::None) return named;
    if (const Icon standard = icon_of_name(api_name); standard != Icon::None) return standard;
    return Icon::Custom;
}

}  // namespace outpost
