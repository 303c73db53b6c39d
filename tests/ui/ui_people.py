"""The people of the app's tests."""

from pipeline.store.actors import Actor, Role

CLERK, OFFICER, ADMIN = Actor("Lan", Role.CLERK), Actor("Minh", Role.OFFICER), Actor("Hà", Role.ADMIN)
PASSWORD = "mat-khau-dai"
