// Icons: our own vector strokes on a 24-unit grid, drawn into ImGui's draw list at any size and colour.
// Called by: kit and pages.
#pragma once

#include <cstdint>
#include <string_view>

#include "ui/theme.h"

namespace outpost {

enum class Icon : std::uint8_t {
    None, Home, Lead, Account, Contact, Opportunity, Task, Event, Product, User, Custom, Search, Plus, Minus, Check,
    Close, ChevronDown, ChevronUp, ChevronLeft, ChevronRight, ArrowLeft, ArrowRight, ArrowUp, ArrowDown, More, MoreVertical,
    Edit, Trash, Undo, Redo, Import, Export, Settings, Board, List, Sort, Filter, Sun, Moon, Phone, Mail, Link, Star,
    StarFilled, Warning, Info, Error, Calendar, Clock, DragHandle, Offline, CloudCheck, Saving, Menu, Convert, Copy,
    Columns, Sidebar, Globe, Keyboard, Pin, Note, Chart, Trophy, Command, Eye, Refresh, File, Folder, Tag, Building,
    Hierarchy, Merge, Message, MapPin,
};

// An object's icon by Object::icon ("lead", "star" ...), else by its API name, else Custom.
Icon icon_of_name(std::string_view name);
Icon icon_of_object(std::string_view api_name, std::string_view icon_name);

}  // namespace outpost
