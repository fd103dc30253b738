// Stage settings: an admin's page for the ways that opportunities and leads go: pipelines, their stages in order with
// probability and forecast category, and what a stage shows and asks for. Every change is one edit with undo.
// Called by: the registry ("#/settings/stages", "?object=Lead" for lead statuses).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/kit/field.h"
#include "ui/page.h"

namespace outpost {

class StageSettingsPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    void draw_pipelines(Context& context, const Object& object, const Field& pipelines);
    void draw_marks(Context& context);
    void draw_stages(Context& context, const Object& object, const Field& stages);
    void draw_stage(Context& context, const Object& object, const Field& stages, const std::vector<std::uint16_t>& order, std::size_t at);

    kit::NumberDraft big_, stalled_days_;
    std::uint64_t marks_revision_ = 0;      // of the workspace, as the drafts were read
    std::string big_error_, days_error_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
