"""This file knows the addresses of training."""

from django.urls import path

from forestall.web.training import skill_views, views

urlpatterns = [
    path("training/", views.training, name="training"),
    path("training/courses/add/", views.course_add, name="course-add"),
    path("training/courses/<int:number>/", views.course_edit, name="course-edit"),
    path("training/courses/<int:number>/remove/", views.course_remove, name="course-remove"),
    path("training/skills/", skill_views.skills, name="skills"),
    path("training/skills/me/", skill_views.oneself, name="skills-oneself"),
    path("training/skills/me/leave/", skill_views.leave, name="skills-leave"),
    path("training/skills/<int:number>/", skill_views.body_skills, name="skills-of-body"),
    path("plans/<int:number>/skills/", skill_views.plan_skills, name="plan-skills"),
    path("plans/<int:number>/skills/add/", skill_views.plan_skill_add, name="plan-skill-add"),
    path(
        "plans/<int:number>/skills/<int:wanted>/remove/",
        skill_views.plan_skill_remove,
        name="plan-skill-remove",
    ),
]
